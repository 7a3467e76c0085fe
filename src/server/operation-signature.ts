import { createHash } from "node:crypto";
import {
  type DocumentNode,
  Kind,
  print,
  stripIgnoredCharacters,
  visit,
} from "graphql";

const signatures = new WeakMap<DocumentNode, string>();

/**
 * What names a document in logs and traces: 12 hexadecimal digits of a SHA-256
 * over the document without its literals, so equal for operations that differ
 * in literals only. Kept per parsed document.
 */
export function signatureOf(document: DocumentNode): string {
  let signature = signatures.get(document);
  if (signature === undefined) {
    signature = createHash("sha256")
      .update(stripIgnoredCharacters(print(withoutLiterals(document))))
      .digest("hex")
      .slice(0, 12);
    signatures.set(document, signature);
  }
  return signature;
}

/** A literal may be a customer's e-mail address, and a hash of it tells it. */
function withoutLiterals(document: DocumentNode): DocumentNode {
  return visit(document, {
    IntValue: (node) => ({ ...node, value: "0" }),
    FloatValue: (node) => ({ ...node, value: "0" }),
    StringValue: (node) => ({ ...node, value: "", block: false }),
    ListValue: (node) => ({ ...node, values: [] }),
    ObjectValue: (node) => ({ ...node, fields: [] }),
    // What an alias says is the client's own text.
    Field: ({ alias, ...node }) => (alias ? node : undefined),
    Document: {
      leave: (node) => ({
        ...node,
        definitions: node.definitions.map((definition) =>
          definition.kind === Kind.OPERATION_DEFINITION
            ? { ...definition, name: undefined }
            : definition,
        ),
      }),
    },
  });
}

import { type ArgumentNode, Kind, parse, print, visit } from "graphql";

const features = ["authenticated", "requiresScopes", "policy"];

/**
 * A supergraph without `@authenticated`, `@requiresScopes` and `@policy`:
 * Apollo Gateway refuses one that has them, since it cannot enforce them. Types
 * and fields stay as they are.
 */
export function withoutSecurityFeatures(supergraphSdl: string): string {
  const belongs = (name: string) =>
    features.some(
      (feature) => name === feature || name.startsWith(`${feature}__`),
    );
  const drop = ({ name }: { readonly name: { readonly value: string } }) =>
    belongs(name.value) ? null : undefined;
  return print(
    visit(parse(supergraphSdl), {
      Directive: (node) =>
        belongs(node.name.value) ||
        (node.name.value === "link" && linksTo(features, node.arguments))
          ? null
          : undefined,
      DirectiveDefinition: drop,
      ScalarTypeDefinition: drop,
    }),
  );
}

function linksTo(
  names: readonly string[],
  linkArguments: readonly ArgumentNode[] = [],
): boolean {
  const url = linkArguments.find(({ name }) => name.value === "url")?.value;
  return (
    url?.kind === Kind.STRING &&
    names.some((name) =>
      url.value.startsWith(`https://specs.apollo.dev/${name}/`),
    )
  );
}

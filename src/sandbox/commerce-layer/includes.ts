import { invalidInclude } from "./errors";
import type { ResourceType } from "./schema";

/** What to include of a record: relationships, each with what to include there. */
export interface IncludeTree {
  readonly branches: ReadonlyMap<string, IncludeTree>;
}

/**
 * Reads the parameter `include`: dot paths between commas.
 *
 * @throws ApiError for a name that is no includable relationship.
 */
export function toIncludeTree(
  text: string,
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
): IncludeTree {
  const tree: Tree = { branches: new Map() };
  if (text === "") return tree;
  for (const path of text.split(",")) {
    let branch = tree;
    let owner: { name: string; type: ResourceType | undefined } = {
      name: type.name,
      type,
    };
    for (const name of path.split(".")) {
      const relationship = owner.type?.relationships.get(name);
      if (!relationship?.includable) throw invalidInclude(name, owner.name);
      let next = branch.branches.get(name);
      if (!next) branch.branches.set(name, (next = { branches: new Map() }));
      branch = next;
      const target = relationship.target ?? name;
      owner = { name: target, type: schema.get(target) };
    }
  }
  return tree;
}

interface Tree extends IncludeTree {
  readonly branches: Map<string, Tree>;
}

/** The names of the types that a tree leads to, itself left out. */
export function typesOf(
  tree: IncludeTree,
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
): readonly string[] {
  return [...tree.branches].flatMap(([name, branch]) => {
    const target = schema.get(type.relationships.get(name)?.target ?? "");
    return target ? [target.name, ...typesOf(branch, target, schema)] : [];
  });
}

import { PlatformError } from "../../domain/errors";
import type { Batch, OperationScope } from "../platform";
import { type Answer, type CommerceLayerApi, maxPageSize } from "./api";
import { recordCountOf } from "./paged-list";
import { withOwner } from "./plan";
import type { ResourceReader, Row } from "./reader";
import type { LinkRule } from "./resources";
import { type ResourceType, narrowResource, ownerOf } from "./wire";

type OwnedLink = Extract<LinkRule, { reach: "owned" }>;

/**
 * All children of one owner; without rows when reading all of them would cost
 * more requests than asking for this owner's page alone.
 */
export interface Children {
  readonly rows?: readonly Row[];
}

/** Owners in one filter: 100 ids make an address of some 1,300 characters. */
export const maxOwners = 100;

/**
 * Finds the children of many owners in the children's own list, filtered by
 * owner: requests are as many as the children fill pages, not as many as there
 * are owners. Each child says itself whose it is.
 *
 * @param ownerType the owners' type; keys of the batch are their ids.
 */
export function createChildrenBatch(
  api: CommerceLayerApi,
  reader: ResourceReader,
  scope: OperationScope,
  ownerType: ResourceType,
  link: OwnedLink,
): Batch<Children> {
  const [{ target }] = link.path;
  return scope.batch<Children>({
    maxSize: maxOwners,
    get: (ids) => getChildren(api, reader, ownerType, link, ids),
    foreignAnswer: (id) =>
      PlatformError.contract(
        api.call(`GET /api/${target}`),
        `asked for the ${target} of ${ownerType}, it answered those of others and none of "${id}"`,
      ),
  });
}

async function getChildren(
  api: CommerceLayerApi,
  reader: ResourceReader,
  ownerType: ResourceType,
  { path: [{ target }], owner, ownerFilter }: OwnedLink,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Children>> {
  const separately = new Map(ids.map((id) => [id, {}]));
  if (ids.length === 1) return separately;
  const plan = () =>
    withOwner(reader.plan(target)(), target, { owner, ownerType });
  const get = (number: number) =>
    api.list(target, plan, [
      [`filter[q][${ownerFilter}]`, ids.join(",")],
      ["sort", "id"],
      ["page[number]", String(number)],
      ["page[size]", String(maxPageSize)],
    ]);
  const first = await get(1);
  const laterPages = Math.ceil(recordCountOf(first) / maxPageSize) - 1;
  if (laterPages > ids.length) return separately;
  const later = await Promise.all(
    Array.from({ length: Math.max(0, laterPages) }, (_, index) =>
      get(index + 2),
    ),
  );
  const families = new Map(ids.map((id) => [id, new Map<string, Row>()]));
  for (const answer of [first, ...later]) {
    reader.takeIncluded(answer);
    for (const value of answer.document.data) {
      const { id, family } = placeOf(value, families, target, owner, answer);
      // A child that moved from one page to the next meanwhile counts once.
      if (!family.has(id)) family.set(id, reader.take(target, value, answer));
    }
  }
  return new Map(
    [...families].map(([id, rows]) => [id, { rows: [...rows.values()] }]),
  );
}

/** @throws PlatformError when a child is none of these owners'. */
function placeOf(
  value: unknown,
  families: ReadonlyMap<string, Map<string, Row>>,
  target: ResourceType,
  owner: string,
  answer: Answer<unknown>,
): { readonly id: string; readonly family: Map<string, Row> } {
  const resource = narrowResource(value);
  const family = families.get((resource && ownerOf(resource, owner)) ?? "");
  if (resource && family) return { id: resource.id, family };
  throw PlatformError.contract(
    answer.call,
    `asked by owner, it answered a resource of type ${target} that names none of them as its ${owner}`,
  );
}

import { BadUserInputError } from "../domain/errors";
import type {
  CustomerCriteria,
  CustomerGroupCriteria,
  DateTimeInterval,
} from "../platforms/platform";
import type {
  CustomerFilter,
  CustomerGroupFilter,
  DateTimeRange,
} from "./filters";
import { locateEntity } from "./entities";
import type { OperationContext, OperationStore } from "./operation-context";

/** What one store is asked for, when it is asked at all. */
export interface StoreCriteria<Criteria> {
  readonly store: OperationStore;
  readonly criteria: Criteria;
}

const maxIds = 100;
const maxTextLength = 256;

/**
 * Turns a filter into what each store has to be asked. Stores that the filter
 * rules out are left out: ids of other stores never reach a store's API.
 *
 * @throws BadUserInputError for a store, an id or a text that cannot be used.
 */
export function customerGroupCriteria(
  context: OperationContext,
  filter: CustomerGroupFilter | null | undefined,
): StoreCriteria<CustomerGroupCriteria>[] {
  return restrict(context, filter, "CustomerGroup", (ids) =>
    compact<CustomerGroupCriteria>({
      ids,
      name: text(filter?.name, "filter.name"),
      nameContains: text(filter?.nameContains, "filter.nameContains"),
      isDefault: filter?.isDefault ?? undefined,
      isGroupForGuests: filter?.isGroupForGuests ?? undefined,
      createdAt: interval(filter?.createdAt),
      updatedAt: interval(filter?.updatedAt),
    }),
  );
}

/** As {@link customerGroupCriteria}, for customers. */
export function customerCriteria(
  context: OperationContext,
  filter: CustomerFilter | null | undefined,
): StoreCriteria<CustomerCriteria>[] {
  const group =
    filter?.customerGroup === undefined || filter.customerGroup === null
      ? undefined
      : locateEntity(
          context,
          filter.customerGroup,
          "filter.customerGroup",
          "CustomerGroup",
        );
  const criteria = restrict(context, filter, "Customer", (ids) =>
    compact<CustomerCriteria>({
      ids,
      customerGroup: group?.nativeId,
      email: text(filter?.email, "filter.email"),
      search: text(filter?.search, "filter.search"),
      createdAt: interval(filter?.createdAt),
      updatedAt: interval(filter?.updatedAt),
    }),
  );
  return group
    ? criteria.filter(({ store }) => store === group.store)
    : criteria;
}

function restrict<Criteria>(
  context: OperationContext,
  filter: CustomerGroupFilter | CustomerFilter | null | undefined,
  kind: string,
  toCriteria: (ids: readonly string[] | undefined) => Criteria,
): StoreCriteria<Criteria>[] {
  const keys = storeKeys(context, filter?.stores);
  const ids = idsByStore(context, filter?.ids, kind);
  return context.stores
    .filter(({ key, platform }) => {
      if (keys && !keys.has(key)) return false;
      if (filter?.platforms && !filter.platforms.includes(platform.enumValue)) {
        return false;
      }
      return !ids || ids.has(key);
    })
    .map((store) => ({ store, criteria: toCriteria(ids?.get(store.key)) }));
}

function storeKeys(
  context: OperationContext,
  keys: readonly string[] | null | undefined,
): ReadonlySet<string> | undefined {
  keys?.forEach((key, index) => {
    if (!context.store(key)) {
      throw new BadUserInputError(
        `filter.stores[${index}]`,
        'names no store; "stores { key }" lists them',
      );
    }
  });
  return keys ? new Set(keys) : undefined;
}

function idsByStore(
  context: OperationContext,
  ids: readonly string[] | null | undefined,
  kind: string,
): ReadonlyMap<string, readonly string[]> | undefined {
  if (!ids) return undefined;
  if (ids.length > maxIds) {
    throw new BadUserInputError(
      "filter.ids",
      `takes at most ${maxIds} ids, and has ${ids.length}; ask for them in parts`,
    );
  }
  const byStore = new Map<string, Set<string>>();
  ids.forEach((id, index) => {
    const entity = locateEntity(context, id, `filter.ids[${index}]`, kind);
    const known = byStore.get(entity.store.key) ?? new Set();
    byStore.set(entity.store.key, known.add(entity.nativeId));
  });
  return new Map([...byStore].map(([key, known]) => [key, [...known]]));
}

function text(
  value: string | null | undefined,
  argument: string,
): string | undefined {
  return value === null || value === undefined
    ? undefined
    : requireText(value, argument);
}

/** What a search by e-mail takes: a part of an address would find whole stores. */
export function isEmail(value: string): boolean {
  return value.length <= maxTextLength && /^[^\s@]+@[^\s@]+$/.test(value);
}

/** @throws BadUserInputError for a text that is no whole address. */
export function requireEmail(value: string, argument: string): string {
  if (isEmail(requireText(value, argument))) return value;
  throw new BadUserInputError(
    argument,
    "must be a whole e-mail address: a name, an @ and a domain",
  );
}

/** @throws BadUserInputError for a text that is empty or longer than is sent. */
export function requireText(value: string, argument: string): string {
  if (value === "") {
    throw new BadUserInputError(argument, "must not be empty");
  }
  if (value.length > maxTextLength) {
    throw new BadUserInputError(
      argument,
      `must not be longer than ${maxTextLength} characters`,
    );
  }
  return value;
}

function interval(
  range: DateTimeRange | null | undefined,
): DateTimeInterval | undefined {
  if (!range) return undefined;
  const limits = compact<DateTimeInterval>({
    min: range.min ?? undefined,
    max: range.max ?? undefined,
  });
  return Object.keys(limits).length > 0 ? limits : undefined;
}

function compact<T extends object>(values: {
  readonly [Key in keyof T]: T[Key] | undefined;
}): T {
  const given: Partial<T> = {};
  for (const key in values) {
    if (values[key] !== undefined) given[key] = values[key];
  }
  return given as T;
}

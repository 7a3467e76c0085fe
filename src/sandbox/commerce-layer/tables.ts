import type { CommerceLayerData } from "./data/create-data";
import type { Relationship } from "./schema";
import type { Row } from "./rows";
import type { TypeName } from "./type-declarations";

/** A record with the name of its type. */
export interface Entity {
  readonly type: TypeName;
  readonly row: Row;
}

/**
 * How a to-many relationship is found, by the owner's type and its name: the
 * link in the target's rows that holds the owner's id. A relationship that is
 * not here (nor under `tags`) has no records in this room.
 */
const inverseLinks: Readonly<Record<string, string>> = {
  "customer_groups.customers": "customer_group_id",
  "customer_groups.markets": "customer_group_id",
  "customer_groups.attachments": "attachable_id",
  "customers.customer_addresses": "customer_id",
  "customers.customer_payment_sources": "customer_id",
  "customers.customer_subscriptions": "customer_id",
  "customers.orders": "customer_id",
  "customers.order_subscriptions": "customer_id",
  "customers.returns": "customer_id",
  "customers.sku_lists": "customer_id",
  "customers.attachments": "attachable_id",
  "customers.events": "subject_id",
  "orders.returns": "order_id",
};

/** The rows of all types, found by id and by owner without a scan. */
export class Tables {
  readonly #rows: Readonly<Record<TypeName, readonly Row[]>>;
  readonly #byId = new Map<TypeName, ReadonlyMap<string, Row>>();
  readonly #byOwner = new Map<string, ReadonlyMap<string, readonly Row[]>>();

  constructor(data: CommerceLayerData) {
    this.#rows = {
      customer_groups: data.customerGroups,
      customers: data.customers,
      markets: data.markets,
      price_lists: data.priceLists,
      attachments: data.attachments,
      customer_addresses: data.customerAddresses,
      addresses: data.addresses,
      customer_payment_sources: data.customerPaymentSources,
      customer_subscriptions: data.customerSubscriptions,
      orders: data.orders,
      order_subscriptions: data.orderSubscriptions,
      returns: data.returns,
      sku_lists: data.skuLists,
      tags: data.tags,
      events: data.events,
    };
  }

  /** All rows of a type in the numeric order. */
  all(type: TypeName): readonly Row[] {
    return this.#rows[type];
  }

  /** One row; undefined when the type has none of that id. */
  find(type: TypeName, id: string): Row | undefined {
    let index = this.#byId.get(type);
    if (!index) {
      index = new Map(this.#rows[type].map((row) => [row.id, row]));
      this.#byId.set(type, index);
    }
    return index.get(id);
  }

  /**
   * The rows whose link names an owner, in the numeric order.
   *
   * @param link e.g. `customer_group_id`.
   */
  ownedBy(type: TypeName, link: string, ownerId: string): readonly Row[] {
    const key = `${type}.${link}`;
    let index = this.#byOwner.get(key);
    if (!index) {
      const lists = new Map<string, Row[]>();
      for (const row of this.#rows[type]) {
        const owner = valueOf(row, link);
        if (typeof owner !== "string") continue;
        const list = lists.get(owner);
        if (list) list.push(row);
        else lists.set(owner, [row]);
      }
      index = lists;
      this.#byOwner.set(key, index);
    }
    return index.get(ownerId) ?? [];
  }

  /**
   * What a relationship leads to: at most one record for a to-one, the records
   * in the numeric order for a to-many, none where this room keeps none.
   */
  related(
    { type, row }: Entity,
    relationship: Relationship,
  ): readonly Entity[] {
    const { name, many, target } = relationship;
    if (!many) {
      const id = valueOf(row, `${name}_id`);
      const named = target ?? (valueOf(row, `${name}_type`) as TypeName | null);
      if (typeof id !== "string" || !named) return [];
      const found = this.find(named, id);
      return found ? [{ type: named, row: found }] : [];
    }
    if (!target) return [];
    if (name === "tags") {
      const ids = (valueOf(row, "tag_ids") ?? []) as readonly string[];
      return ids
        .map((id) => this.find(target, id))
        .filter((tag) => tag !== undefined)
        .sort((a, b) => a.key - b.key)
        .map((tag) => ({ type: target, row: tag }));
    }
    const link = inverseLinks[`${type}.${name}`];
    if (link === undefined) return [];
    const rows = this.ownedBy(target, link, row.id);
    // Ids are unique in a type alone, so an owner of several types needs both.
    const ownerType = link.replace(/_id$/, "_type");
    return rows
      .filter((row) => (valueOf(row, ownerType) ?? type) === type)
      .map((row) => ({ type: target, row }));
  }
}

/** An attribute or link by its name; null where the row has none. */
export function valueOf(row: Row, name: string): unknown {
  return (row as unknown as Record<string, unknown>)[name] ?? null;
}

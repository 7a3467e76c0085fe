import {
  type ListArguments,
  toFilterParameters,
} from "../hand-written/filters";
import { toGlobalId } from "../hand-written/identifiers";
import type { PeerStore } from "../hand-written/stores";
import type {
  BigCommerceCategoryRow,
  BigCommerceGroup,
  BigCommerceList,
  BigCommerceNamedRow,
} from "../hand-written/wire";
import { type RowLoader, createRowLoader } from "./loader";
import type { GroupModel, Source } from "./source";

/** A group with what its fields are read from. */
export interface BigCommerceGroupModel extends GroupModel {
  readonly source: BigCommerceSource;
  readonly wire: BigCommerceGroup;
}

/** The most rows that the platform gives in a page. */
const pageSize = 250;

type NamedLoader = RowLoader<BigCommerceNamedRow>;

/** @param load takes ids with commas between. */
function createNamedLoader(
  load: (ids: string) => Promise<readonly BigCommerceNamedRow[]>,
): NamedLoader {
  return createRowLoader(
    pageSize,
    (ids) => load(ids.join(",")),
    ({ id }) => String(id),
  );
}

/** A BigCommerce store in one operation. */
export class BigCommerceSource implements Source {
  readonly key: string;
  readonly categories: NamedLoader;
  readonly products: NamedLoader;
  readonly priceLists: NamedLoader;

  constructor(private readonly store: PeerStore) {
    this.key = store.key;
    this.categories = createNamedLoader(async (ids) => {
      const rows = await this.read<BigCommerceCategoryRow>(
        "/v3/catalog/trees/categories",
        { "category_id:in": ids, include_fields: "category_id,name" },
      );
      return rows.map(({ category_id: id, name }) => ({ id, name }));
    });
    this.products = createNamedLoader((ids) =>
      this.read("/v3/catalog/products", {
        "id:in": ids,
        include_fields: "id,name",
      }),
    );
    this.priceLists = createNamedLoader((ids) =>
      this.read("/v3/pricelists", { "id:in": ids }),
    );
  }

  async group(id: string): Promise<BigCommerceGroupModel | null> {
    const group = await this.store.rest.get(`/v2/customer_groups/${id}`);
    return group === null ? null : this.toGroup(group as BigCommerceGroup);
  }

  async groups(page: ListArguments): Promise<readonly BigCommerceGroupModel[]> {
    const groups = (await this.store.rest.get("/v2/customer_groups", {
      ...toFilterParameters("bigcommerce", page),
      limit: String(page.first),
    })) as readonly BigCommerceGroup[] | null;
    return (groups ?? []).map((group) => this.toGroup(group));
  }

  private toGroup(wire: BigCommerceGroup): BigCommerceGroupModel {
    const nativeId = String(wire.id);
    return {
      __typename: "BigCommerceCustomerGroup",
      id: toGlobalId("CustomerGroup", this.key, nativeId),
      nativeId,
      name: wire.name,
      source: this,
      wire,
    };
  }

  private async read<Row>(
    path: string,
    parameters: Record<string, string>,
  ): Promise<readonly Row[]> {
    const list = (await this.store.rest.get(path, {
      ...parameters,
      limit: String(pageSize),
    })) as BigCommerceList<Row>;
    return list.data;
  }
}

import {
  type ListArguments,
  toFilterParameters,
} from "../hand-written/filters";
import { toGlobalId } from "../hand-written/identifiers";
import type { PeerStore } from "../hand-written/stores";
import type {
  CustomerAttributes,
  GroupAttributes,
  JsonApiDocument,
  Resource,
} from "../hand-written/wire";
import { type RowLoader, createRowLoader } from "./loader";
import type { CustomerModel, GroupModel, Source } from "./source";

type Customers = JsonApiDocument<readonly Resource<CustomerAttributes>[]>;
type Groups = JsonApiDocument<readonly Resource<GroupAttributes>[]>;

/** The most rows that the platform gives in a page. */
const pageSize = 25;

const groupFields = { "fields[customer_groups]": "name" };
/** A customer says which group it is in only when the group comes along. */
const withGroups = {
  include: "customer_group",
  "fields[customers]": "email,customer_group",
  ...groupFields,
};

/** A Commerce Layer store in one operation. */
export class CommerceLayerSource implements Source {
  readonly key: string;
  private readonly groupLoader: RowLoader<GroupModel>;
  private readonly customerLoader: RowLoader<CustomerModel>;

  constructor(private readonly store: PeerStore) {
    this.key = store.key;
    this.groupLoader = createRowLoader(
      pageSize,
      ([id = "", ...others]) =>
        others.length === 0
          ? this.readGroup(id)
          : this.readGroups(byIds([id, ...others])),
      ({ nativeId }) => nativeId,
    );
    this.customerLoader = createRowLoader(
      pageSize,
      (ids) => this.readCustomers("/customers", byIds(ids)),
      ({ nativeId }) => nativeId,
    );
  }

  group(id: string): Promise<GroupModel | null> {
    return this.groupLoader.load(id);
  }

  customer(id: string): Promise<CustomerModel | null> {
    return this.customerLoader.load(id);
  }

  groups(page: ListArguments): Promise<readonly GroupModel[]> {
    return this.readGroups(this.toParameters(page));
  }

  customers(page: ListArguments): Promise<readonly CustomerModel[]> {
    return this.readCustomers("/customers", this.toParameters(page));
  }

  customersOfGroup(
    id: string,
    page: ListArguments,
  ): Promise<readonly CustomerModel[]> {
    return this.readCustomers(
      `/customer_groups/${encodeURIComponent(id)}/customers`,
      this.toParameters(page),
    );
  }

  /** @returns none when there is no such group. */
  private async readGroup(id: string): Promise<readonly GroupModel[]> {
    const path = `/customer_groups/${encodeURIComponent(id)}`;
    const answer = (await this.store.rest.get(
      path,
      groupFields,
    )) as JsonApiDocument<Resource<GroupAttributes>> | null;
    return answer ? [this.toGroup(answer.data)] : [];
  }

  private async readGroups(
    parameters: Record<string, string>,
  ): Promise<readonly GroupModel[]> {
    const { data } = (await this.store.rest.get("/customer_groups", {
      ...parameters,
      ...groupFields,
    })) as Groups;
    return data.map((resource) => this.toGroup(resource));
  }

  private async readCustomers(
    path: string,
    parameters: Record<string, string>,
  ): Promise<readonly CustomerModel[]> {
    const { data, included = [] } = (await this.store.rest.get(path, {
      ...parameters,
      ...withGroups,
    })) as Customers;
    const groups = new Map(
      included.map((resource) => [resource.id, this.toGroup(resource)]),
    );
    return data.map(({ id, attributes, relationships }) => ({
      __typename: "CommerceLayerCustomer",
      id: toGlobalId("Customer", this.key, id),
      nativeId: id,
      email: attributes.email,
      customerGroup:
        groups.get(relationships?.customer_group?.data?.id ?? "") ?? null,
    }));
  }

  private toGroup({ id, attributes }: Resource<GroupAttributes>): GroupModel {
    return {
      __typename: "CommerceLayerCustomerGroup",
      id: toGlobalId("CustomerGroup", this.key, id),
      nativeId: id,
      name: attributes.name,
    };
  }

  private toParameters(page: ListArguments): Record<string, string> {
    return {
      ...toFilterParameters("commerce-layer", page),
      "page[size]": String(Math.min(page.first, pageSize)),
    };
  }
}

function byIds(ids: readonly string[]): Record<string, string> {
  return {
    "filter[q][id_in]": ids.join(","),
    "page[size]": String(pageSize),
  };
}

import {
  type ListArguments,
  toFilterParameters,
} from "../hand-written/filters";
import { toGlobalId } from "../hand-written/identifiers";
import type { PeerStore } from "../hand-written/stores";
import type {
  EcwidCustomerRow,
  EcwidGroupRow,
  EcwidSearch,
} from "../hand-written/wire";
import type { CustomerModel, GroupModel, Source } from "./source";

const customerFields = "items(id,email,customerGroupId,customerGroupName)";

/** An Ecwid store in one operation. */
export class EcwidSource implements Source {
  readonly key: string;

  constructor(private readonly store: PeerStore) {
    this.key = store.key;
  }

  async group(id: string): Promise<GroupModel | null> {
    const group = await this.store.rest.get(`/customer_groups/${id}`);
    return group === null ? null : this.toGroup(group as EcwidGroupRow);
  }

  async groups(page: ListArguments): Promise<readonly GroupModel[]> {
    const { items } = (await this.store.rest.get("/customer_groups", {
      ...toFilterParameters("ecwid", page),
      limit: String(page.first),
      responseFields: "items(id,name)",
    })) as EcwidSearch<EcwidGroupRow>;
    return items.map((group) => this.toGroup(group));
  }

  async customers(page: ListArguments): Promise<readonly CustomerModel[]> {
    const { items } = (await this.store.rest.get("/customers", {
      ...toFilterParameters("ecwid", page),
      sortBy: "REGISTERED_DATE_ASC",
      limit: String(page.first),
      responseFields: customerFields,
    })) as EcwidSearch<EcwidCustomerRow>;
    return items.map((row) => this.toCustomer(row));
  }

  /** The name of its group stands in the customer. */
  private toCustomer(row: EcwidCustomerRow): CustomerModel {
    const { customerGroupId = 0, customerGroupName = "" } = row;
    return {
      __typename: "EcwidCustomer",
      id: toGlobalId("Customer", this.key, String(row.id)),
      nativeId: String(row.id),
      email: row.email,
      customerGroup: this.toGroup({
        id: customerGroupId,
        name: customerGroupName,
      }),
    };
  }

  private toGroup({ id, name }: EcwidGroupRow): GroupModel {
    return {
      __typename: "EcwidCustomerGroup",
      id: toGlobalId("CustomerGroup", this.key, String(id)),
      nativeId: String(id),
      name,
    };
  }
}

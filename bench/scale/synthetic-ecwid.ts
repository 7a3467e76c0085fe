import {
  type Platform,
  customerCount,
  dateOf,
  emailOf,
  groupCount,
  groupOf,
  idOf,
  membersPerGroup,
  range,
} from "./synthetic-rows";

/** Searches of groups and of customers, of a group or of all. */
export const ecwid: Platform = ({ path, query }) => {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 100);
  const search = (
    first: number,
    end: number,
    toItem: (row: number) => object,
  ) => {
    const rows = range(first + offset, limit, end);
    return {
      total: end - first,
      count: rows.length,
      offset,
      limit,
      items: rows.map(toItem),
    };
  };
  if (path.endsWith("/customer_groups"))
    return search(0, groupCount, (group) => ({
      id: group,
      name: `Group ${group}`,
    }));
  const group = query.get("customerGroupIds");
  const first = group === null ? 0 : Number(group) * membersPerGroup;
  const count = group === null ? customerCount : membersPerGroup;
  return search(first, first + count, (customer) => ({
    id: idOf(customer),
    email: emailOf(customer),
    registered: `${dateOf(customer).replace("T", " ")} +0000`,
    customerGroupId: groupOf(customer),
    customerGroupName: `Group ${groupOf(customer)}`,
  }));
};

import {
  type Platform,
  customerCount,
  dateOf,
  emailOf,
  groupCount,
  groupOf,
  idOf,
  membersPerGroup,
  pageOf,
} from "./synthetic-rows";

/** Lists of groups, of customers, and of a group's customers, as JSON:API. */
export const commerceLayer: Platform = ({ root, path, query }) => {
  const api = `${root}/api`;
  const number = Number(query.get("page[number]") ?? 1);
  const size = Number(query.get("page[size]") ?? 10);
  if (path === "/api/customer_groups")
    return {
      data: pageOf(number, size, 0, groupCount).map((group) => ({
        ...identifierOf("customer_groups", group),
        links: { self: `${api}/customer_groups/${group}` },
        attributes: { name: `Group ${group}` },
        relationships: {
          customers: linksOf(`${api}/customer_groups/${group}`, "customers"),
        },
        meta: { mode: "test" },
      })),
      meta: metaOf(groupCount, size),
    };
  const [, owner] =
    /^\/api\/customer_groups\/(\d+)\/customers$/.exec(path) ?? [];
  const [first, end] =
    owner === undefined
      ? [0, customerCount]
      : [
          Number(owner) * membersPerGroup,
          (Number(owner) + 1) * membersPerGroup,
        ];
  const rows = pageOf(number, size, first, end);
  return {
    data: rows.map((customer) => ({
      ...identifierOf("customers", idOf(customer)),
      links: { self: `${api}/customers/${idOf(customer)}` },
      attributes: {
        email: emailOf(customer),
        created_at: `${dateOf(customer)}.000Z`,
      },
      relationships: {
        customer_group: {
          ...linksOf(`${api}/customers/${idOf(customer)}`, "customer_group"),
          data: identifierOf("customer_groups", groupOf(customer)),
        },
      },
      meta: { mode: "test" },
    })),
    included: [...new Set(rows.map(groupOf))].map((group) => ({
      ...identifierOf("customer_groups", group),
      links: { self: `${api}/customer_groups/${group}` },
      attributes: { name: `Group ${group}` },
      relationships: {},
      meta: { mode: "test" },
    })),
    meta: metaOf(end - first, size),
  };
};

function identifierOf(type: string, number: number) {
  return { type, id: String(number) };
}

function linksOf(owner: string, name: string) {
  return {
    links: {
      self: `${owner}/relationships/${name}`,
      related: `${owner}/${name}`,
    },
  };
}

function metaOf(count: number, size: number) {
  return { record_count: count, page_count: Math.ceil(count / size) };
}

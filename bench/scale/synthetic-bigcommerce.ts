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

/** A group, lists of groups (v2) and of customers, of a group or of all (v3). */
export const bigCommerce: Platform = ({ path, query }) => {
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("limit") ?? 50);
  if (path.endsWith("/v2/customer_groups"))
    return pageOf(page, size, 0, groupCount).map(toGroup);
  const [, one] = /\/v2\/customer_groups\/(\d+)$/.exec(path) ?? [];
  if (one !== undefined) return toGroup(Number(one) - 1);
  const group = query.get("customer_group_id:in");
  const [first, end] =
    group === null
      ? [0, customerCount]
      : [
          (Number(group) - 1) * membersPerGroup,
          Number(group) * membersPerGroup,
        ];
  const rows = pageOf(page, size, first, end);
  return {
    data: rows.map(toCustomer),
    meta: {
      pagination: {
        total: end - first,
        count: rows.length,
        per_page: size,
        current_page: page,
        total_pages: Math.ceil((end - first) / size),
        links: { current: `?page=${page}&limit=${size}` },
      },
    },
  };
};

/** The platform's ids begin with 1: 0 stands for no group. */
function toGroup(group: number) {
  return {
    id: group + 1,
    name: `Group ${group}`,
    is_default: false,
    category_access: { type: "all" },
    discount_rules: [],
    is_group_for_guests: false,
    date_created: "2024-01-01T00:00:00Z",
    date_modified: "2024-01-01T00:00:00Z",
  };
}

/** v3 sends whole customers, whatever is asked for. */
function toCustomer(customer: number) {
  return {
    id: idOf(customer),
    authentication: { force_password_reset: false },
    company: "",
    customer_group_id: groupOf(customer) + 1,
    email: emailOf(customer),
    first_name: "Customer",
    last_name: `No ${idOf(customer)}`,
    notes: "",
    phone: "",
    registration_ip_address: "",
    tax_exempt_category: "",
    date_created: `${dateOf(customer)}Z`,
    date_modified: `${dateOf(customer)}Z`,
    accepts_product_review_abandoned_cart_emails: false,
    origin_channel_id: 1,
    channel_ids: [1],
  };
}

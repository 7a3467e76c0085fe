// The three platforms as GraphQL Mesh's JSON schema handler takes them: each
// operation with the fields that the shapes need, and no others asked for.

/** A JSON schema of an object with a name. */
function object(title, properties) {
  return { type: "object", title, properties };
}
const list = (items) => ({ type: "array", items });
const text = { type: "string" };
const integer = { type: "integer" };
/** Ids with commas between. */
const joined = { arrayFormat: "comma" };

const commerceLayerGroup = object("CommerceLayerGroup", {
  id: text,
  attributes: object("CommerceLayerGroupAttributes", { name: text }),
});
const commerceLayerCustomer = object("CommerceLayerCustomer", {
  id: text,
  attributes: object("CommerceLayerCustomerAttributes", { email: text }),
  relationships: object("CommerceLayerCustomerRelationships", {
    customer_group: object("CommerceLayerCustomerGroupLinkage", {
      data: object("CommerceLayerCustomerGroupIdentifier", { id: text }),
    }),
  }),
});

export const commerceLayer = [
  {
    type: "Query",
    field: "commerceLayerCustomers",
    // A customer says which group it is in only when the group comes along.
    path: "/customers?include=customer_group&fields[customers]=customer_group&fields[customer_groups]=id",
    method: "GET",
    queryParamArgMap: {
      "filter[q][created_at_gteq]": "from",
      "page[size]": "first",
    },
    argTypeMap: { from: text, first: integer },
    responseSchema: object("CommerceLayerCustomers", {
      data: list(commerceLayerCustomer),
    }),
  },
  {
    type: "Query",
    field: "commerceLayerGroup",
    path: "/customer_groups/{args.id}?fields[customer_groups]=name",
    method: "GET",
    argTypeMap: { id: text },
    responseSchema: object("CommerceLayerGroupAnswer", {
      data: commerceLayerGroup,
    }),
  },
  {
    type: "Query",
    field: "commerceLayerGroups",
    path: "/customer_groups?fields[customer_groups]=name",
    method: "GET",
    queryParamArgMap: {
      "filter[q][name_i_cont]": "nameContains",
      "page[size]": "first",
    },
    argTypeMap: { nameContains: text, first: integer },
    responseSchema: object("CommerceLayerGroups", {
      data: list(commerceLayerGroup),
    }),
  },
  {
    type: "Query",
    field: "commerceLayerGroupsById",
    path: "/customer_groups?fields[customer_groups]=name&page[size]=25",
    method: "GET",
    queryParamArgMap: { "filter[q][id_in]": "ids" },
    queryStringOptionsByParam: { "filter[q][id_in]": joined },
    argTypeMap: { ids: list(text) },
    responseSchema: object("CommerceLayerGroupsById", {
      data: list(commerceLayerGroup),
    }),
  },
  {
    type: "Query",
    field: "commerceLayerMembers",
    path: "/customer_groups/{args.group}/customers?fields[customers]=email",
    method: "GET",
    queryParamArgMap: { "page[size]": "first" },
    argTypeMap: { group: text, first: integer },
    responseSchema: object("CommerceLayerMembers", {
      data: list(commerceLayerCustomer),
    }),
  },
];

const bigCommerceGroup = object("BigCommerceGroup", {
  id: integer,
  name: text,
  category_access: object("BigCommerceCategoryAccess", {
    categories: list(integer),
  }),
  discount_rules: list(
    object("BigCommerceDiscountRule", {
      type: text,
      category_id: integer,
      product_id: integer,
      price_list_id: integer,
    }),
  ),
});

export const bigCommerce = [
  {
    type: "Query",
    field: "bigCommerceGroups",
    path: "/v2/customer_groups",
    method: "GET",
    queryParamArgMap: {
      "date_created:min": "from",
      "name:like": "nameContains",
      limit: "first",
    },
    argTypeMap: { from: text, nameContains: text, first: integer },
    responseSchema: list(bigCommerceGroup),
  },
  namedRows(
    "bigCommerceCategories",
    "/v3/catalog/trees/categories?limit=250&include_fields=category_id,name",
    "category_id",
  ),
  namedRows(
    "bigCommerceProducts",
    "/v3/catalog/products?limit=250&include_fields=id,name",
    "id",
  ),
  namedRows("bigCommercePriceLists", "/v3/pricelists?limit=250", "id"),
];

/** What rules refer to, by ids. */
function namedRows(field, path, idName) {
  const title = field[0].toUpperCase() + field.slice(1);
  return {
    type: "Query",
    field,
    path,
    method: "GET",
    queryParamArgMap: { [`${idName}:in`]: "ids" },
    queryStringOptionsByParam: { [`${idName}:in`]: joined },
    argTypeMap: { ids: list(integer) },
    responseSchema: object(title, {
      data: list(object(`${title}Row`, { [idName]: integer, name: text })),
    }),
  };
}

export const ecwid = [
  {
    type: "Query",
    field: "ecwidCustomers",
    path: "/customers?sortBy=REGISTERED_DATE_ASC&responseFields=items(id,customerGroupId,customerGroupName)",
    method: "GET",
    queryParamArgMap: { createdFrom: "from", limit: "first" },
    argTypeMap: { from: integer, first: integer },
    responseSchema: object("EcwidCustomers", {
      items: list(
        object("EcwidCustomer", {
          id: integer,
          customerGroupId: integer,
          customerGroupName: text,
        }),
      ),
    }),
  },
  {
    type: "Query",
    field: "ecwidGroups",
    path: "/customer_groups?responseFields=items(id,name)",
    method: "GET",
    queryParamArgMap: { keyword: "nameContains", limit: "first" },
    argTypeMap: { nameContains: text, first: integer },
    responseSchema: object("EcwidGroups", {
      items: list(object("EcwidGroup", { id: integer, name: text })),
    }),
  },
];

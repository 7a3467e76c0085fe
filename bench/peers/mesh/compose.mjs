import { getComposedSchemaFromConfig } from "@graphql-mesh/compose-cli";
import { DefaultLogger } from "@graphql-mesh/utils";
import { loadJSONSchemaSubgraph } from "@omnigraph/json-schema";
import { bigCommerce, commerceLayer, ecwid } from "./operations.mjs";

/**
 * Composes the three platforms into one supergraph, with the links between them
 * as batches.
 *
 * @param stores those of the bench.
 * @param isMatchedByKey false leaves `valueKeyField` out, which Mesh allows: it
 *   then takes rows for what was asked for by their places.
 */
export function composeSupergraph(stores, isMatchedByKey) {
  const settings = (platform) =>
    stores.find((store) => store.platform === platform).settings;
  const layer = settings("commerce-layer");
  const big = settings("bigcommerce");
  const small = settings("ecwid");
  return getComposedSchemaFromConfig(
    {
      subgraphs: [
        subgraph("commerceLayer", commerceLayer, `${layer.baseUrl}/api`, {
          accept: "application/vnd.api+json",
          authorization: "Bearer {env.COMMERCE_LAYER_TOKEN}",
        }),
        subgraph(
          "bigCommerce",
          bigCommerce,
          `${big.baseUrl}/stores/${big.storeHash}`,
          {
            accept: "application/json",
            "x-auth-token": big.credentials.accessToken,
          },
        ),
        subgraph("ecwid", ecwid, `${small.baseUrl}/api/v3/${small.storeId}`, {
          authorization: `Bearer ${small.credentials.accessToken}`,
        }),
      ],
      additionalTypeDefs: links(isMatchedByKey),
    },
    new DefaultLogger("compose"),
  );
}

function subgraph(name, operations, endpoint, operationHeaders) {
  return {
    sourceHandler: loadJSONSchemaSubgraph(name, {
      endpoint,
      operationHeaders,
      operations,
    }),
  };
}

function links(isMatchedByKey) {
  const batch = (source, field, { key, row, required }) => `@resolveTo(
    sourceName: "${source}"
    sourceTypeName: "Query"
    sourceFieldName: "${field}"
    requiredSelectionSet: "${required ?? `{ ${key} }`}"
    keyField: "${key}"
    keysArg: "ids"
    result: "data"
    ${isMatchedByKey ? `valueKeyField: "${row}"` : ""}
  )`;
  // By key, Mesh gives a list for each key where the field is a list. Both fields
  // that lead to categories are, so that they share a batch.
  const category = isMatchedByKey
    ? "[BigCommerceCategoriesRow]"
    : "BigCommerceCategoriesRow";
  const categories = (key) =>
    batch("bigCommerce", "bigCommerceCategories", { key, row: "category_id" });
  return /* GraphQL */ `
    extend type CommerceLayerCustomer {
      customerGroup: CommerceLayerGroup ${batch(
        "commerceLayer",
        "commerceLayerGroupsById",
        {
          key: "relationships.customer_group.data.id",
          required: "{ relationships { customer_group { data { id } } } }",
          row: "id",
        },
      )}
    }
    extend type CommerceLayerGroup {
      customers(first: Int): CommerceLayerMembers @resolveTo(
        sourceName: "commerceLayer"
        sourceTypeName: "Query"
        sourceFieldName: "commerceLayerMembers"
        requiredSelectionSet: "{ id }"
        sourceArgs: { group: "{root.id}", first: "{args.first}" }
      )
    }
    extend type BigCommerceCategoryAccess {
      categoryRows: [${category}] ${categories("categories")}
    }
    extend type BigCommerceDiscountRule {
      category: ${category} ${categories("category_id")}
      product: BigCommerceProductsRow ${batch(
        "bigCommerce",
        "bigCommerceProducts",
        { key: "product_id", row: "id" },
      )}
      priceList: BigCommercePriceListsRow ${batch(
        "bigCommerce",
        "bigCommercePriceLists",
        { key: "price_list_id", row: "id" },
      )}
    }
  `;
}

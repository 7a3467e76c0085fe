import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  type MissingFieldHandler,
  Network,
  ROOT_TYPE,
} from "relay-runtime";

/**
 * A Relay environment for Clientele. An answer with data and errors is taken
 * as it is: a store that failed is a null with its error, for `@catch`.
 *
 * @param url of `/graphql`.
 * @param headers for every request, such as `authorization`.
 */
export function createEnvironment(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Environment {
  const fetchOperation: FetchFunction = async ({ text, name }, variables) => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        ...headers,
        accept: "application/graphql-response+json, application/json;q=0.9",
        "content-type": "application/json",
      },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  };
  return new Environment({
    network: Network.create(fetchOperation),
    getDataID,
    missingFieldHandlers: [{ kind: "linked", handle: entityOf }],
  });
}

/**
 * Only a global id names a record. Anything else called `id` is a platform's
 * own, which may be the same in two stores.
 */
function getDataID({ id }: { readonly id?: unknown }): string | null {
  return typeof id === "string" && id.startsWith("gid://") ? id : null;
}

const entityFields = new Set(["node", "customer", "customerGroup"]);

/** What a list has brought is not asked for again by its id. */
const entityOf: Extract<MissingFieldHandler, { kind: "linked" }>["handle"] = (
  field,
  parent,
  { id },
) =>
  parent?.getType() === ROOT_TYPE &&
  entityFields.has(field.name) &&
  typeof id === "string"
    ? id
    : undefined;

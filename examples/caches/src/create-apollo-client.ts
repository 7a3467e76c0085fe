import {
  ApolloClient,
  type FieldReadFunction,
  HttpLink,
  InMemoryCache,
  type Reference,
} from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import possibleTypes from "./possible-types.json";

declare module "@apollo/client" {
  namespace ApolloClient.DeclareDefaultOptions {
    interface WatchQuery {
      errorPolicy: "all";
    }
    interface Query {
      errorPolicy: "all";
    }
  }
}

/** @param url of `/graphql`. */
export function createApolloClient(url: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: url }),
    cache: createApolloCache(),
    defaultOptions: {
      // A store that failed is a null in `data` with its reason in `error`.
      watchQuery: { errorPolicy: "all" },
      query: { errorPolicy: "all" },
    },
  });
}

export function createApolloCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    // A global id is unique by itself, whatever the type. Anything else called
    // `id` is a platform's own, which may be the same in two stores.
    dataIdFromObject: ({ id }) =>
      typeof id === "string" && id.startsWith("gid://") ? id : undefined,
    typePolicies: {
      Query: {
        fields: {
          node: entityById,
          customer: entityById,
          customerGroup: entityById,
          customers: pages(),
          customerGroups: pages(),
        },
      },
      Store: {
        fields: {
          customers: pages(),
          customerGroups: pages(),
        },
      },
      CustomerGroup: {
        fields: { customers: pages() },
      },
    },
  });
}

/**
 * A list for each filter, which grows by its pages. One that could not be read
 * stays null, and one that has pages keeps them: the policy alone would make
 * it an empty list.
 */
function pages(): ReturnType<typeof relayStylePagination> {
  const policy = relayStylePagination(["filter"]);
  return {
    ...policy,
    merge: (existing, incoming, options) =>
      incoming && typeof policy.merge === "function"
        ? policy.merge(existing, incoming, options)
        : (existing ?? null),
  };
}

/** What a list has brought is not asked for again by its id. */
const entityById: FieldReadFunction<Reference> = (
  existing,
  { args, toReference },
) => existing ?? toReference({ __ref: String(args?.["id"]) });

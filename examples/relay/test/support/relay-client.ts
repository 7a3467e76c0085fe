import {
  type Environment,
  type GraphQLTaggedNode,
  type OperationType,
  createOperationDescriptor,
  fetchQuery,
  getFragment,
  getPaginationMetadata,
  getPaginationVariables,
  getRequest,
  getSelector,
  getValueAtPath,
} from "relay-runtime";

/** What the hooks of react-relay do, without React. */
export interface RelayClient {
  /** Fetches, as `useLazyLoadQuery` does, and reads the answer. */
  fetch<Operation extends OperationType>(
    query: GraphQLTaggedNode,
    variables: Operation["variables"],
  ): Promise<Operation["response"]>;
  /** Reads what is there; tells when something of it is not. */
  look<Operation extends OperationType>(
    query: GraphQLTaggedNode,
    variables: Operation["variables"],
  ): { readonly data: Operation["response"]; readonly isMissing: boolean };
  /** Reads a fragment of what was fetched, as `useFragment` does. */
  read<Key extends FragmentKey>(
    fragment: GraphQLTaggedNode,
    key: Key,
  ): DataOf<Key>;
  /**
   * Fetches the next page, as `usePaginationFragment` does.
   *
   * @returns false when there is none.
   */
  loadNext(
    fragment: GraphQLTaggedNode,
    key: FragmentKey,
    count: number,
  ): Promise<boolean>;
}

/** A place where a fragment is spread, as the compiler types it. */
export interface FragmentKey {
  readonly " $data"?: unknown;
  readonly " $fragmentSpreads": unknown;
}

type DataOf<Key extends FragmentKey> = NonNullable<Key[" $data"]>;

export function createRelayClient(environment: Environment): RelayClient {
  const look: RelayClient["look"] = (query, variables) => {
    const operation = createOperationDescriptor(getRequest(query), variables);
    const { data, isMissingData } = environment.lookup(operation.fragment);
    return { data, isMissing: isMissingData };
  };
  const selectorOf = (fragment: GraphQLTaggedNode, key: FragmentKey) => {
    const selector = getSelector(getFragment(fragment), key);
    if (selector?.kind !== "SingularReaderSelector") {
      throw new Error("The fragment is not spread there.");
    }
    return selector;
  };
  const read: RelayClient["read"] = (fragment, key) => {
    const { data, isMissingData } = environment.lookup(
      selectorOf(fragment, key),
    );
    expect(isMissingData).toBe(false);
    return data;
  };
  return {
    look,
    read,
    async fetch(query, variables) {
      await fetchQuery(environment, query, variables).toPromise();
      const { data, isMissing } = look(query, variables);
      expect(isMissing).toBe(false);
      return data;
    },
    async loadNext(fragment, key, count) {
      const node = getFragment(fragment);
      const {
        connectionPathInFragmentData,
        identifierField,
        paginationMetadata,
        paginationRequest,
      } = getPaginationMetadata(node, "test");
      const data: Record<string, unknown> = read(fragment, key);
      const { pageInfo } = getValueAtPath(
        data,
        connectionPathInFragmentData,
      ) as {
        readonly pageInfo: {
          readonly endCursor: string | null;
          readonly hasNextPage: boolean;
        };
      };
      if (!pageInfo.hasNextPage) return false;
      const variables = getPaginationVariables(
        "forward",
        count,
        pageInfo.endCursor,
        selectorOf(fragment, key).owner.variables,
        identifierField ? { id: data[identifierField] } : {},
        paginationMetadata,
      );
      await fetchQuery(environment, paginationRequest, variables).toPromise();
      return true;
    },
  };
}

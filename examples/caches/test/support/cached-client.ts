import { gql } from "@apollo/client";
import type { DocumentNode } from "graphql";
import { filter, firstValueFrom } from "rxjs";
import { createApolloClient } from "../../src/create-apollo-client";
import { createUrqlClient } from "../../src/create-urql-client";

/** An answer as a page's code gets it from its client. */
export interface ClientAnswer {
  readonly data: any;
  /** The reasons of what is null, in one text; undefined when there are none. */
  readonly error: string | undefined;
}

/** A list that a page shows and that grows. */
export interface ClientList {
  /** What is shown now. */
  current(): Promise<ClientAnswer>;
  /** Loads the page that follows `endCursor` of what is shown. */
  loadNext(): Promise<void>;
  close(): void;
}

/** What the tests ask of a client, whichever it is. */
export interface CachedClient {
  /** From the cache when all of it is there. */
  query(
    document: string | DocumentNode,
    variables?: object,
  ): Promise<ClientAnswer>;
  /**
   * @param document with the variables `$first` and `$after`.
   * @param ownerOf finds what has the field `list`; the data itself by default.
   */
  list(
    document: string,
    variables: object,
    ownerOf?: (data: any) => any,
  ): Promise<ClientList>;
}

export function createCachedApolloClient(url: string): CachedClient {
  const client = createApolloClient(url);
  return {
    async query(document, variables = {}) {
      const { data, error } = await client.query({
        query: typeof document === "string" ? gql(document) : document,
        variables,
      });
      return { data, error: error?.message };
    },
    async list(document, variables, ownerOf = (data) => data) {
      const observable = client.watchQuery<any>({
        query: gql(document),
        variables,
      });
      const subscription = observable.subscribe({});
      const current = async () => {
        // Clients tell their watchers of a change a little later.
        await new Promise((done) => setTimeout(done, 20));
        const { data, error } = observable.getCurrentResult();
        return { data, error: error?.message };
      };
      await firstValueFrom(observable.pipe(filter(({ loading }) => !loading)));
      return {
        current,
        async loadNext() {
          const { data } = await current();
          await observable.fetchMore({
            errorPolicy: "all",
            variables: { after: ownerOf(data).list.pageInfo.endCursor },
          });
        },
        close: () => {
          subscription.unsubscribe();
        },
      };
    },
  };
}

export function createCachedUrqlClient(url: string): CachedClient {
  const client = createUrqlClient(url);
  const query: CachedClient["query"] = async (document, variables = {}) => {
    const { data, error } = await client
      .query(document, variables as never)
      .toPromise();
    return { data, error: error?.message };
  };
  return {
    query,
    async list(document, variables, ownerOf = (data) => data) {
      // What is shown is what the last page's query gives: all pages.
      let shown = await query(document, variables);
      return {
        current: () => Promise.resolve(shown),
        async loadNext() {
          const after = ownerOf(shown.data).list.pageInfo.endCursor;
          shown = await query(document, { ...variables, after });
        },
        close: () => undefined,
      };
    },
  };
}

import { useMemo } from "react";
import { useQuery } from "urql";
import { isNoSuchThing, toProblems } from "../client/problem";
import { graphql } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { countInWords, LoadMore, toCount } from "../parts/load-more";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { usePaging } from "../parts/paging";
import { ViewHeading } from "../parts/view-heading";
import { PlatformName } from "../platforms/platform-name";
import { Link } from "../routing/link";
import { allStoresPath } from "../routing/route";
import { GroupRow, type GroupRowData } from "./group-row";
import { Nothing } from "./nothing";

const StoreGroupsDocument = graphql(`
  query StoreGroups($key: String!, $first: Int!, $after: String) {
    store(key: $key) {
      platform
      mode
      customerGroups(first: $first, after: $after) {
        totalCount
        nodes {
          id
          ...GroupRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type Row = (GroupRowData & { readonly id: string }) | null;

/** The customer groups of one store, page by page. */
export function StoreGroups({ storeKey }: { readonly storeKey: string }) {
  const paging = usePaging<Row>();
  const { page, earlier, earlierProblems } = paging;
  const [{ data, error, operation, fetching }, ask] = useQuery({
    query: StoreGroupsDocument,
    variables: { key: storeKey, ...page },
  });
  // Until a page has come, urql still shows the one before it.
  const hasCome = operation?.variables.after === page.after;
  const store = data?.store;
  const groups = hasCome ? store?.customerGroups : undefined;
  const rows = [...earlier, ...(groups?.nodes ?? [])];
  const total = store?.customerGroups?.totalCount ?? null;
  const problems = useMemo(
    () => [...earlierProblems, ...(hasCome ? toProblems(error) : [])],
    [earlierProblems, hasCome, error],
  );

  useAnnouncement(
    fetching
      ? `Loading groups of ${storeKey}…`
      : groups
        ? countInWords(rows.length, total, "groups")
        : "",
  );

  if (problems.some(isNoSuchThing))
    return (
      <Nothing title="No such store">
        The server knows no store of the name {storeKey}.
      </Nothing>
    );

  return (
    <>
      <nav aria-label="Where you are" className="trail">
        <Link to={allStoresPath}>All stores</Link>
      </nav>
      <header className="view-head">
        <ViewHeading title={storeKey}>{storeKey}</ViewHeading>
        <p className="quiet">
          {store && (
            <PlatformName platform={store.platform} mode={store.mode} />
          )}
          {total !== null &&
            ` · ${total === 1 ? "1 group" : `${toCount(total)} groups`}`}
        </p>
      </header>
      <ul className="rows spacious">
        {rows.map((group, index) =>
          group ? (
            <GroupRow key={group.id} group={group} hasDate />
          ) : (
            <li key={`unread ${index}`} className="quiet">
              This one could not be read.
            </li>
          ),
        )}
      </ul>
      {!hasCome && <Loading rows={earlier.length === 0 ? 10 : 3} />}
      <Notice
        problems={problems}
        missing={
          earlier.length === 0
            ? "Its groups are missing here."
            : "More of its groups are missing here."
        }
        isAsking={fetching}
        onAskAgain={() => {
          ask({ requestPolicy: "network-only" });
        }}
      />
      {groups && rows.length === 0 && (
        <p className="empty">This store has no customer group yet.</p>
      )}
      {rows.length > 0 && (
        <LoadMore
          shown={rows.length}
          total={total}
          noun="groups"
          hasMore={groups?.pageInfo.hasNextPage ?? false}
          isLoading={!hasCome}
          onMore={() => {
            paging.next({
              rows,
              problems,
              endCursor: groups?.pageInfo.endCursor ?? null,
            });
          }}
        />
      )}
    </>
  );
}

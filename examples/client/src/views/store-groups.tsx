import { useQuery } from "urql";
import { isNoSuchThing } from "../client/problem";
import { graphql } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { countOf, shownInWords } from "../parts/count";
import { LoadMore } from "../parts/load-more";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { useList, usePaging } from "../parts/paging";
import { StaleNote } from "../parts/stale-note";
import { ViewHeading } from "../parts/view-heading";
import { PlatformName } from "../platforms/platform-name";
import { Link } from "../routing/link";
import { allStoresPath } from "../routing/route";
import { GroupRow, type GroupRowData } from "./group-row";
import { NoSuchStore } from "./nothing";

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
  const [answer, ask] = useQuery({
    query: StoreGroupsDocument,
    variables: { key: storeKey, ...paging.page },
  });
  const store = answer.data?.store;
  const list = useList(paging, answer, store?.customerGroups, ask);
  const { rows, total, problems, isAsking } = list;

  useAnnouncement(
    isAsking
      ? `Loading groups of ${storeKey}…`
      : list.isRead
        ? shownInWords(rows.length, total, "group")
        : "",
    isAsking,
  );

  if (problems.some(isNoSuchThing)) return <NoSuchStore storeKey={storeKey} />;

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
          {total !== null && ` · ${countOf(total, "group")}`}
        </p>
        <StaleNote
          stale={list.stale}
          isAsking={isAsking}
          onAskAgain={list.onAskAgain}
        />
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
      {list.isLoading && <Loading rows={rows.length === 0 ? 10 : 3} />}
      <Notice
        problems={problems}
        missing={
          rows.length === 0
            ? "Its groups are missing here."
            : "More of its groups are missing here."
        }
        isAsking={isAsking}
        onAskAgain={list.onAskAgain}
      />
      {list.isRead && rows.length === 0 && (
        <p className="empty">This store has no customer group yet.</p>
      )}
      {rows.length > 0 && (
        <LoadMore
          shown={rows.length}
          total={total}
          noun="group"
          hasMore={list.hasMore}
          isLoading={list.isLoading}
          onMore={list.onMore}
        />
      )}
    </>
  );
}

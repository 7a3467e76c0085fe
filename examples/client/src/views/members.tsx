import { useQuery } from "urql";
import { isNoSuchThing } from "../client/problem";
import { type FragmentType, graphql, readFragment } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { shownInWords, toCount } from "../parts/count";
import { Day } from "../parts/day";
import { LoadMore } from "../parts/load-more";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { useList, usePaging } from "../parts/paging";
import { Section } from "../parts/section";
import { StaleNote } from "../parts/stale-note";

const MemberFields = graphql(`
  fragment Member on Customer {
    email
    name
    createdAt
  }
`);

// By the group's id alone: `customerGroup { customers }` would read the group
// once more with every page.
const GroupMembersDocument = graphql(`
  query GroupMembers(
    $store: String!
    $group: ID!
    $first: Int!
    $after: String
  ) {
    customers(
      first: $first
      after: $after
      filter: { stores: [$store], customerGroup: $group }
    ) {
      totalCount
      nodes {
        id
        ...Member
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Row = (FragmentType<typeof MemberFields> & { readonly id: string }) | null;

interface MembersProps {
  readonly storeKey: string;
  /** Global. */
  readonly groupId: string;
  /** Until then there may be no such group, and nothing to say of its members. */
  readonly isGroupAnswered: boolean;
}

/** The customers of a group, page by page. */
export function Members({ storeKey, groupId, isGroupAnswered }: MembersProps) {
  const paging = usePaging<Row>();
  const [answer, ask] = useQuery({
    query: GroupMembersDocument,
    variables: { store: storeKey, group: groupId, ...paging.page },
  });
  const list = useList(paging, answer, answer.data?.customers, ask);
  const { rows, total, isAsking } = list;

  const people = rows.map((row) =>
    row ? { id: row.id, ...readFragment(MemberFields, row) } : null,
  );
  // Not every platform keeps names.
  const hasNames = people.some((person) => person && person.name !== null);

  useAnnouncement(
    isAsking
      ? "Loading members…"
      : list.isRead && isGroupAnswered
        ? shownInWords(rows.length, total, "member")
        : "",
    isAsking,
  );

  return (
    <Section
      title="Members"
      aside={total !== null && total > 0 ? toCount(total) : undefined}
    >
      <StaleNote
        stale={list.stale}
        isAsking={isAsking}
        onAskAgain={list.onAskAgain}
      />
      {rows.length > 0 && (
        <table className="members">
          <thead>
            <tr>
              <th scope="col">E-mail</th>
              {hasNames && (
                <th scope="col" className="name">
                  Name
                </th>
              )}
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person, index) =>
              person ? (
                <tr key={person.id}>
                  <td className="email">
                    {person.email ?? (
                      <span className="quiet">no e-mail address</span>
                    )}
                  </td>
                  {hasNames && (
                    <td className="name">
                      {person.name !== null && <bdi>{person.name}</bdi>}
                    </td>
                  )}
                  <td>
                    <Day value={person.createdAt} />
                  </td>
                </tr>
              ) : (
                <tr key={`unread ${index}`}>
                  <td colSpan={hasNames ? 3 : 2} className="quiet">
                    This one could not be read.
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
      {list.isLoading && <Loading rows={rows.length === 0 ? 5 : 3} />}
      <Notice
        // That there is no such group is the group's to say.
        problems={list.problems.filter((problem) => !isNoSuchThing(problem))}
        missing={
          rows.length === 0
            ? "The group’s members are missing here."
            : "More of the group’s members are missing here."
        }
        isAsking={isAsking}
        onAskAgain={list.onAskAgain}
      />
      {list.isRead && isGroupAnswered && rows.length === 0 && (
        <p className="quiet">Nobody is in this group.</p>
      )}
      {rows.length > 0 && (
        <LoadMore
          shown={rows.length}
          total={total}
          noun="member"
          hasMore={list.hasMore}
          isLoading={list.isLoading}
          onMore={list.onMore}
        />
      )}
    </Section>
  );
}

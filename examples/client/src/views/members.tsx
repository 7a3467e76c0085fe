import { useMemo } from "react";
import { useQuery } from "urql";
import { toProblems } from "../client/problem";
import { type FragmentType, graphql, readFragment } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { Day } from "../parts/day";
import { countInWords, LoadMore, toCount } from "../parts/load-more";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { usePaging } from "../parts/paging";
import { Section } from "../parts/section";

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
}

/** The customers of a group, page by page. */
export function Members({ storeKey, groupId }: MembersProps) {
  const paging = usePaging<Row>();
  const { page, earlier, earlierProblems } = paging;
  const [{ data, error, operation, fetching }, ask] = useQuery({
    query: GroupMembersDocument,
    variables: { store: storeKey, group: groupId, ...page },
  });
  // Until a page has come, urql still shows the one before it.
  const hasCome = operation?.variables.after === page.after;
  const members = hasCome ? data?.customers : undefined;
  const rows = [...earlier, ...(members?.nodes ?? [])];
  const total = data?.customers?.totalCount ?? null;
  const problems = useMemo(
    () => [...earlierProblems, ...(hasCome ? toProblems(error) : [])],
    [earlierProblems, hasCome, error],
  );

  const people = rows.map((row) =>
    row ? { id: row.id, ...readFragment(MemberFields, row) } : null,
  );
  // Not every platform keeps names.
  const hasNames = people.some((person) => person && person.name !== null);

  useAnnouncement(
    fetching
      ? "Loading members…"
      : members
        ? countInWords(rows.length, total, "members")
        : "",
  );

  return (
    <Section
      title="Members"
      aside={total !== null && total > 0 ? toCount(total) : undefined}
    >
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
      {!hasCome && <Loading rows={earlier.length === 0 ? 5 : 3} />}
      <Notice
        problems={problems}
        missing={
          earlier.length === 0
            ? "The group’s members are missing here."
            : "More of the group’s members are missing here."
        }
        isAsking={fetching}
        onAskAgain={() => {
          ask({ requestPolicy: "network-only" });
        }}
      />
      {members && rows.length === 0 && (
        <p className="quiet">Nobody is in this group.</p>
      )}
      {rows.length > 0 && (
        <LoadMore
          shown={rows.length}
          total={total}
          noun="members"
          hasMore={members?.pageInfo.hasNextPage ?? false}
          isLoading={!hasCome}
          onMore={() => {
            paging.next({
              rows,
              problems,
              endCursor: members?.pageInfo.endCursor ?? null,
            });
          }}
        />
      )}
    </Section>
  );
}

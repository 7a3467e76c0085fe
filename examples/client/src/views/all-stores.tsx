import { useMemo } from "react";
import { useQuery } from "urql";
import { problemsAt, toProblems } from "../client/problem";
import { graphql } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { toCount } from "../parts/load-more";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { Section } from "../parts/section";
import { ViewHeading } from "../parts/view-heading";
import { PlatformName } from "../platforms/platform-name";
import { Link } from "../routing/link";
import { storePath } from "../routing/route";
import { GroupRow } from "./group-row";

// One request for each store, all at the same time. A store that fails is a
// null with its error; what the others answered stands.
const AllStoresDocument = graphql(`
  query AllStores {
    stores {
      key
      platform
      mode
      customerGroups(first: 6) {
        totalCount
        nodes {
          id
          ...GroupRow
        }
      }
    }
  }
`);

/** The groups of all stores at once, the first few of each. */
export function AllStores() {
  const [{ data, error, fetching }, ask] = useQuery({
    query: AllStoresDocument,
  });
  const problems = useMemo(() => toProblems(error), [error]);
  const askAgain = () => {
    ask({ requestPolicy: "network-only" });
  };

  const answered =
    data?.stores.filter(({ customerGroups }) => customerGroups) ?? [];
  const groups = answered.reduce(
    (sum, { customerGroups }) => sum + (customerGroups?.totalCount ?? 0),
    0,
  );
  const summary = data
    ? `${toCount(groups)} groups in ${
        answered.length === data.stores.length
          ? storesInWords(data.stores.length)
          : `${toCount(answered.length)} of ${storesInWords(data.stores.length)}`
      }`
    : undefined;
  useAnnouncement(
    fetching ? "Loading the groups of all stores…" : (summary ?? ""),
  );

  return (
    <>
      <header className="view-head">
        <ViewHeading title="All stores">Customer groups</ViewHeading>
        <p className="quiet">{summary ?? "\u00a0"}</p>
      </header>
      {data ? (
        <div className="stores">
          {data.stores.map(({ key, platform, mode, customerGroups }, index) => (
            <Section
              key={key}
              title={<Link to={storePath(key)}>{key}</Link>}
              aside={<PlatformName platform={platform} mode={mode} />}
            >
              <Notice
                problems={problemsAt(problems, "stores", index)}
                missing="Its groups are missing here."
                isAsking={fetching}
                onAskAgain={askAgain}
              />
              {customerGroups && (
                <>
                  <ul className="rows">
                    {customerGroups.nodes.map(
                      (group) =>
                        group && <GroupRow key={group.id} group={group} />,
                    )}
                  </ul>
                  {customerGroups.nodes.length === 0 && (
                    <p className="quiet">No group yet.</p>
                  )}
                  {(customerGroups.totalCount ?? 0) >
                    customerGroups.nodes.length && (
                    <p className="all">
                      <Link to={storePath(key)}>
                        All {toCount(customerGroups.totalCount ?? 0)} groups
                        <span className="visually-hidden"> of {key}</span>
                      </Link>
                    </p>
                  )}
                </>
              )}
            </Section>
          ))}
        </div>
      ) : fetching ? (
        <Loading rows={6} />
      ) : (
        <Notice
          problems={problems}
          missing="There is nothing to show yet."
          isAsking={fetching}
          onAskAgain={askAgain}
        />
      )}
    </>
  );
}

function storesInWords(count: number): string {
  return count === 1 ? "1 store" : `${toCount(count)} stores`;
}

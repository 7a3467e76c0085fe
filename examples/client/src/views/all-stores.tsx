import { useMemo } from "react";
import { useQuery } from "urql";
import { useKeptError } from "../client/kept-error";
import { problemsAt, toProblems } from "../client/problem";
import { toStale } from "../client/stale";
import { graphql } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { countOf, toCount } from "../parts/count";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { Section } from "../parts/section";
import { StaleNote } from "../parts/stale-note";
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
  const [answer, ask] = useQuery({ query: AllStoresDocument });
  const { data, error, extensions, fetching } = useKeptError(answer);
  const problems = useMemo(() => toProblems(error), [error]);
  const stale = useMemo(() => toStale(extensions), [extensions]);
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
    ? `${countOf(groups, "group")} in ${
        answered.length === data.stores.length
          ? countOf(data.stores.length, "store")
          : `${toCount(answered.length)} of ${countOf(data.stores.length, "store")}`
      }`
    : undefined;
  useAnnouncement(
    fetching ? "Loading the groups of all stores…" : (summary ?? ""),
    fetching,
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
              <StaleNote
                stale={stale.filter(({ store }) => store === key)}
                isAsking={fetching}
                onAskAgain={askAgain}
              />
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

import { Fragment, useMemo, useState } from "react";
import { useQuery } from "urql";
import { useKeptError } from "../client/kept-error";
import { isNoSuchThing, problemsAt, toProblems } from "../client/problem";
import { toStale } from "../client/stale";
import { graphql } from "../gql";
import { Announcement } from "../parts/announcer";
import { Day } from "../parts/day";
import { Fact, Facts } from "../parts/facts";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { StaleNote } from "../parts/stale-note";
import { ViewHeading } from "../parts/view-heading";
import { BigCommerceGroupParts } from "../platforms/bigcommerce-group";
import { CommerceLayerGroupParts } from "../platforms/commerce-layer-group";
import { EcwidGroupParts } from "../platforms/ecwid-group";
import { PlatformName } from "../platforms/platform-name";
import { Link } from "../routing/link";
import { hasMoved } from "../routing/location";
import { allStoresPath, groupId, storePath } from "../routing/route";
import { Members } from "./members";
import { NoSuchStore, Nothing } from "./nothing";

// The store costs nothing upstream: it tells a wrong store from a wrong id.
const GroupDocument = graphql(`
  query Group($store: String!, $id: ID!) {
    store(key: $store) {
      key
    }
    customerGroup(id: $id) {
      __typename
      id
      nativeId
      name
      createdAt
      updatedAt
      store {
        key
        platform
        mode
      }
      ...BigCommerceGroup
      ...CommerceLayerGroup
      ...EcwidGroup
    }
  }
`);

interface GroupProps {
  readonly storeKey: string;
  readonly nativeId: string;
}

/** One group: what all platforms know of it, what its own knows, its members. */
export function Group({ storeKey, nativeId }: GroupProps) {
  const id = groupId(storeKey, nativeId);
  const [answer, ask] = useQuery({
    query: GroupDocument,
    variables: { store: storeKey, id },
  });
  const { data, error, extensions, fetching } = useKeptError(answer);
  const problems = useMemo(() => toProblems(error), [error]);
  const stale = useMemo(() => toStale(extensions), [extensions]);
  const group = data?.customerGroup;
  const asking = {
    isAsking: fetching,
    onAskAgain: () => {
      ask({ requestPolicy: "network-only" });
    },
  };
  // A heading that has its name when it takes the focus is read out anyway.
  const [isHeard] = useState(() => group != null && hasMoved());
  if (problemsAt(problems, "store").some(isNoSuchThing))
    return <NoSuchStore storeKey={storeKey} />;
  if (problemsAt(problems, "customerGroup").some(isNoSuchThing))
    return (
      <Nothing title="No such group" storeKey={storeKey}>
        {storeKey} has no group with the id <bdi>{nativeId}</bdi>: its platform
        writes ids in another way.
      </Nothing>
    );
  if (data && !group && problems.length === 0)
    return (
      <Nothing title="No such group" storeKey={storeKey}>
        {storeKey} has no group with the id <bdi>{nativeId}</bdi> (any more).
      </Nothing>
    );

  return (
    <>
      <nav aria-label="Where you are" className="trail">
        <Link to={allStoresPath}>All stores</Link>
        <Link to={storePath(storeKey)}>{storeKey}</Link>
      </nav>
      <header className="view-head">
        <ViewHeading title={group?.name ?? "Customer group"}>
          {group ? (
            <bdi>{group.name}</bdi>
          ) : (
            <span className="quiet">Customer group</span>
          )}
        </ViewHeading>
        <StaleNote stale={stale} {...asking} />
        <Announcement
          text={
            fetching
              ? "Loading the group…"
              : group && !isHeard
                ? `${group.name}, customer group of ${storeKey}`
                : ""
          }
          isInterim={fetching}
        />
      </header>
      <div className="group">
        {group && (
          <Facts>
            <Fact name="Store">
              <Link to={storePath(storeKey)}>{group.store.key}</Link>
            </Fact>
            <Fact name="Platform">
              <PlatformName
                platform={group.store.platform}
                mode={group.store.mode}
              />
            </Fact>
            <Fact name="Created">
              <Day value={group.createdAt} />
            </Fact>
            <Fact name="Changed">
              <Day value={group.updatedAt} />
            </Fact>
            <Fact name="The platform’s id">
              <code>{group.nativeId}</code>
            </Fact>
            <Fact name="Global id">
              <GlobalId id={group.id} />
            </Fact>
          </Facts>
        )}
        <div>
          {group?.__typename === "BigCommerceCustomerGroup" && (
            <BigCommerceGroupParts
              group={group}
              problems={problems}
              {...asking}
            />
          )}
          {group?.__typename === "CommerceLayerCustomerGroup" && (
            <CommerceLayerGroupParts
              group={group}
              problems={problems}
              {...asking}
            />
          )}
          {group?.__typename === "EcwidCustomerGroup" && (
            <EcwidGroupParts group={group} />
          )}
          {!group && problems.length === 0 && <Loading rows={5} />}
          {!group && (
            <Notice
              problems={problems}
              missing="What is known of the group is missing here."
              {...asking}
            />
          )}
          {/* Both are read at the same time, and either may fail alone. */}
          <Members
            storeKey={storeKey}
            groupId={id}
            isGroupAnswered={data !== undefined || problems.length > 0}
          />
        </div>
      </div>
    </>
  );
}

/** May be broken behind its slashes. */
function GlobalId({ id }: { readonly id: string }) {
  return (
    <code>
      {id.split(/(?<=[^/]\/)(?!\/)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}

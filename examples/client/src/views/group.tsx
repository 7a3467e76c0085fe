import { Fragment, useMemo } from "react";
import { useQuery } from "urql";
import { isNoSuchThing, toProblems } from "../client/problem";
import { graphql } from "../gql";
import { useAnnouncement } from "../parts/announcer";
import { Day } from "../parts/day";
import { Fact, Facts } from "../parts/facts";
import { Loading } from "../parts/loading";
import { Notice } from "../parts/notice";
import { ViewHeading } from "../parts/view-heading";
import { BigCommerceGroupParts } from "../platforms/bigcommerce-group";
import { CommerceLayerGroupParts } from "../platforms/commerce-layer-group";
import { EcwidGroupParts } from "../platforms/ecwid-group";
import { PlatformName } from "../platforms/platform-name";
import { Link } from "../routing/link";
import { allStoresPath, groupId, storePath } from "../routing/route";
import { Members } from "./members";
import { Nothing } from "./nothing";

const GroupDocument = graphql(`
  query Group($id: ID!) {
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
  const [{ data, error, fetching }, ask] = useQuery({
    query: GroupDocument,
    variables: { id },
  });
  const problems = useMemo(() => toProblems(error), [error]);
  const group = data?.customerGroup;
  const asking = {
    isAsking: fetching,
    onAskAgain: () => {
      ask({ requestPolicy: "network-only" });
    },
  };
  useAnnouncement(
    group
      ? `${group.name}, customer group of ${storeKey}`
      : fetching
        ? "Loading the group…"
        : "",
  );

  if (problems.some(isNoSuchThing))
    return (
      <Nothing title="No such group">
        The server knows no store of the name {storeKey}, or none of its groups
        has such an id.
      </Nothing>
    );
  if (data && !group && problems.length === 0)
    return (
      <Nothing title="No such group">
        {storeKey} has no group with the id {nativeId} (any more).
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
          <Members storeKey={storeKey} groupId={id} />
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

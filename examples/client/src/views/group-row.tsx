import { type FragmentType, graphql, readFragment } from "../gql";
import { Day } from "../parts/day";
import { BigCommerceGroupTags } from "../platforms/bigcommerce-group";
import { CommerceLayerGroupTags } from "../platforms/commerce-layer-group";
import { EcwidGroupTags } from "../platforms/ecwid-group";
import { Link } from "../routing/link";
import { groupPath } from "../routing/route";

const GroupRowFields = graphql(`
  fragment GroupRow on CustomerGroup {
    __typename
    nativeId
    name
    createdAt
    store {
      key
    }
    ...BigCommerceTags
    ...CommerceLayerTags
    ...EcwidTags
  }
`);

/** Only what a list of groups costs anyway. */
export type GroupRowData = FragmentType<typeof GroupRowFields>;

interface GroupRowProps {
  readonly group: GroupRowData;
  readonly hasDate?: boolean;
}

/** A group in a list: the way to its page, and what tells it apart. */
export function GroupRow({ group, hasDate = false }: GroupRowProps) {
  const row = readFragment(GroupRowFields, group);
  return (
    <li className="group-row">
      <Link to={groupPath(row.store.key, row.nativeId)}>
        <bdi>{row.name}</bdi>
      </Link>
      <ul className="tags">
        {row.__typename === "BigCommerceCustomerGroup" && (
          <BigCommerceGroupTags group={row} />
        )}
        {row.__typename === "CommerceLayerCustomerGroup" && (
          <CommerceLayerGroupTags group={row} />
        )}
        {row.__typename === "EcwidCustomerGroup" && (
          <EcwidGroupTags group={row} />
        )}
      </ul>
      {hasDate && row.createdAt !== null && <Day value={row.createdAt} />}
    </li>
  );
}

import { type Problem, problemsAt } from "../client/problem";
import { type FragmentType, graphql, readFragment } from "../gql";
import { Fact, Facts } from "../parts/facts";
import { toCount } from "../parts/count";
import { Notice } from "../parts/notice";
import { Section } from "../parts/section";

const CommerceLayerTags = graphql(`
  fragment CommerceLayerTags on CommerceLayerCustomerGroup {
    code
    reference
  }
`);

const CommerceLayerRecord = graphql(`
  fragment CommerceLayerRecord on CommerceLayerCustomerGroup {
    code
    reference
    referenceOrigin
    metadata
  }
`);

const CommerceLayerMarkets = graphql(`
  fragment CommerceLayerMarkets on CommerceLayerCustomerGroup {
    markets(first: 25) {
      totalCount
      nodes {
        id
        name
        code
        priceList {
          ...CommerceLayerPrices
        }
      }
    }
    priceList {
      ...CommerceLayerPrices
    }
  }
`);

const CommerceLayerPrices = graphql(`
  fragment CommerceLayerPrices on CommerceLayerPriceList {
    name
    currencyCode
    taxIncluded
  }
`);

const CommerceLayerGroup = graphql(`
  fragment CommerceLayerGroup on CommerceLayerCustomerGroup {
    ...CommerceLayerRecord
    ...CommerceLayerMarkets
  }
`);

/** What tells the group apart in a list. */
export function CommerceLayerGroupTags({
  group,
}: {
  readonly group: FragmentType<typeof CommerceLayerTags>;
}) {
  const { code, reference } = readFragment(CommerceLayerTags, group);
  return (
    <>
      {code !== null && <li>{code}</li>}
      {reference !== null && <li>{reference}</li>}
    </>
  );
}

interface PartProps<Part> {
  readonly group: Part;
  /** Those of the whole group, by their paths below it. */
  readonly problems: readonly Problem[];
  readonly isAsking: boolean;
  readonly onAskAgain: () => void;
}

/** Everything that Commerce Layer alone knows of a group. */
export function CommerceLayerGroupParts({
  group,
  ...rest
}: PartProps<FragmentType<typeof CommerceLayerGroup>>) {
  const parts = readFragment(CommerceLayerGroup, group);
  return (
    <>
      <Markets group={parts} {...rest} />
      <RecordFacts group={parts} />
    </>
  );
}

function Markets({
  group,
  problems,
  ...asking
}: PartProps<FragmentType<typeof CommerceLayerMarkets>>) {
  const { markets, priceList } = readFragment(CommerceLayerMarkets, group);
  const nodes = markets?.nodes ?? [];
  const isPartial = nodes.length < (markets?.totalCount ?? 0);
  return (
    <Section
      title="Markets"
      aside={
        isPartial
          ? `${toCount(nodes.length)} of ${toCount(markets?.totalCount ?? 0)}`
          : undefined
      }
    >
      <Notice
        problems={[
          ...problemsAt(problems, "customerGroup", "markets"),
          ...problemsAt(problems, "customerGroup", "priceList"),
        ]}
        missing="Some of its markets or their prices are missing here."
        {...asking}
      />
      {markets?.nodes.length === 0 && (
        <p className="quiet">No market is private to it.</p>
      )}
      {nodes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Market</th>
              <th scope="col">Price list</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(
              (market, index) =>
                market && (
                  <tr key={market.id}>
                    <td>
                      <bdi>{market.name}</bdi>
                      {market.code !== null && (
                        <code className="quiet"> {market.code}</code>
                      )}
                    </td>
                    <td>
                      {market.priceList ? (
                        <Prices of={market.priceList} />
                      ) : (
                        <span className="quiet">
                          {problemsAt(
                            problems,
                            "customerGroup",
                            "markets",
                            "nodes",
                            index,
                          ).length > 0
                            ? "not read"
                            : "none"}
                        </span>
                      )}
                    </td>
                  </tr>
                ),
            )}
          </tbody>
        </table>
      )}
      {priceList && (
        <p>
          Its members’ prices are those of <Prices of={priceList} />.
        </p>
      )}
    </Section>
  );
}

function Prices({
  of,
}: {
  readonly of: FragmentType<typeof CommerceLayerPrices>;
}) {
  const { name, currencyCode, taxIncluded } = readFragment(
    CommerceLayerPrices,
    of,
  );
  const notes = [
    ...(currencyCode === null ? [] : [currencyCode]),
    ...(taxIncluded === null ? [] : [taxIncluded ? "with tax" : "before tax"]),
  ];
  return (
    <>
      <bdi>{name}</bdi> <span className="quiet">{notes.join(", ")}</span>
    </>
  );
}

function RecordFacts({
  group,
}: {
  readonly group: FragmentType<typeof CommerceLayerRecord>;
}) {
  const { code, reference, referenceOrigin, metadata } = readFragment(
    CommerceLayerRecord,
    group,
  );
  const entries = Object.entries(metadata ?? {});
  const isBare =
    code === null &&
    reference === null &&
    referenceOrigin === null &&
    entries.length === 0;
  return (
    <Section title="What the shop noted">
      {isBare && <p className="quiet">Nothing.</p>}
      <Facts>
        <Fact name="Code">{code}</Fact>
        <Fact name="Reference">{reference}</Fact>
        <Fact name="Reference’s origin">{referenceOrigin}</Fact>
        {entries.map(([key, value]) => (
          <Fact key={key} name={`metadata.${key}`}>
            <code>
              {typeof value === "string" ? value : JSON.stringify(value)}
            </code>
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

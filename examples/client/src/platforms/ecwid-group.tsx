import { type FragmentType, graphql, readFragment } from "../gql";
import { Fact, Facts } from "../parts/facts";
import { Section } from "../parts/section";

const EcwidTags = graphql(`
  fragment EcwidTags on EcwidCustomerGroup {
    isDefault
    externalReferenceId
  }
`);

const EcwidGroup = graphql(`
  fragment EcwidGroup on EcwidCustomerGroup {
    isDefault
    externalReferenceId
  }
`);

/** What tells the group apart in a list. */
export function EcwidGroupTags({
  group,
}: {
  readonly group: FragmentType<typeof EcwidTags>;
}) {
  const { isDefault, externalReferenceId } = readFragment(EcwidTags, group);
  return (
    <>
      {isDefault && <li>default</li>}
      {externalReferenceId !== null && <li>{externalReferenceId}</li>}
    </>
  );
}

/** Everything that Ecwid alone knows of a group. */
export function EcwidGroupParts({
  group,
}: {
  readonly group: FragmentType<typeof EcwidGroup>;
}) {
  const { isDefault, externalReferenceId } = readFragment(EcwidGroup, group);
  return (
    <>
      {isDefault && (
        <p className="lead">
          The built-in group: it holds every customer who is in no other.
        </p>
      )}
      <Section title="What the shop noted">
        {externalReferenceId === null ? (
          <p className="quiet">Nothing.</p>
        ) : (
          <Facts>
            <Fact name="External reference">{externalReferenceId}</Fact>
          </Facts>
        )}
      </Section>
    </>
  );
}

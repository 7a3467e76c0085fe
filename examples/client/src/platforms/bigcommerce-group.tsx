import type { ReactNode } from "react";
import { type Problem, problemsAt } from "../client/problem";
import { type FragmentType, graphql, readFragment } from "../gql";
import type { BigCommerceDiscountsFragment } from "../gql/graphql";
import { countOf } from "../parts/count";
import { toReadableDecimal } from "../parts/decimal";
import { Notice } from "../parts/notice";
import { Section } from "../parts/section";

const BigCommerceTags = graphql(`
  fragment BigCommerceTags on BigCommerceCustomerGroup {
    isDefault
    isGroupForGuests
    discountRules {
      type
    }
    categoryAccess {
      type
    }
  }
`);

const BigCommerceDiscounts = graphql(`
  fragment BigCommerceDiscounts on BigCommerceCustomerGroup {
    discountRules {
      __typename
      type
      method
      amount
      ... on BigCommerceCategoryDiscountRule {
        categoryId
        category {
          name
        }
      }
      ... on BigCommerceProductDiscountRule {
        productId
        product {
          name
          sku
        }
      }
      ... on BigCommercePriceListDiscountRule {
        priceListId
        priceList {
          name
        }
      }
      ... on BigCommerceOtherDiscountRule {
        raw
      }
    }
  }
`);

const BigCommerceCategories = graphql(`
  fragment BigCommerceCategories on BigCommerceCustomerGroup {
    categoryAccess {
      type
      categoryIds
      categories {
        nativeId
        name
        path
      }
    }
  }
`);

const BigCommercePriceLists = graphql(`
  fragment BigCommercePriceLists on BigCommerceCustomerGroup {
    priceListAssignments {
      id
      channelId
      priceListId
      priceList {
        name
        active
      }
    }
  }
`);

const BigCommerceGroup = graphql(`
  fragment BigCommerceGroup on BigCommerceCustomerGroup {
    isDefault
    isGroupForGuests
    ...BigCommerceDiscounts
    ...BigCommerceCategories
    ...BigCommercePriceLists
  }
`);

/** What tells the group apart in a list. */
export function BigCommerceGroupTags({
  group,
}: {
  readonly group: FragmentType<typeof BigCommerceTags>;
}) {
  const { isDefault, isGroupForGuests, discountRules, categoryAccess } =
    readFragment(BigCommerceTags, group);
  const rules = discountRules.length;
  return (
    <>
      {isDefault && <li>default</li>}
      {isGroupForGuests && <li>guests</li>}
      {rules > 0 && <li>{countOf(rules, "discount")}</li>}
      {categoryAccess.type === "SPECIFIC" && <li>some categories</li>}
      {categoryAccess.type === "NONE" && <li>no categories</li>}
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

/** Everything that BigCommerce alone knows of a group. */
export function BigCommerceGroupParts({
  group,
  ...rest
}: PartProps<FragmentType<typeof BigCommerceGroup>>) {
  const parts = readFragment(BigCommerceGroup, group);
  return (
    <>
      {(parts.isDefault || parts.isGroupForGuests) && (
        <p className="lead">
          {parts.isDefault && "Customers who sign up join it by themselves. "}
          {parts.isGroupForGuests &&
            "It stands for visitors without an account."}
        </p>
      )}
      <Discounts group={parts} {...rest} />
      <Categories group={parts} {...rest} />
      <PriceLists group={parts} {...rest} />
    </>
  );
}

function Discounts({
  group,
  problems,
  ...asking
}: PartProps<FragmentType<typeof BigCommerceDiscounts>>) {
  const { discountRules } = readFragment(BigCommerceDiscounts, group);
  const own = problemsAt(problems, "customerGroup", "discountRules");
  return (
    <Section title="Discounts">
      <Notice
        problems={own}
        missing="Some names in the rules are missing here."
        {...asking}
      />
      {discountRules.length === 0 ? (
        <p className="quiet">Its members pay the catalog’s prices.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col" className="amount">
                Discount
              </th>
            </tr>
          </thead>
          <tbody>
            {discountRules.map((rule, index) => (
              // A group may have equal rules: they are told apart by place.
              <tr key={index}>
                <td>
                  <RuleTarget
                    rule={rule}
                    isUnread={
                      problemsAt(
                        problems,
                        "customerGroup",
                        "discountRules",
                        index,
                      ).length > 0
                    }
                  />
                </td>
                <td className="amount">{discountInWords(rule)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

type DiscountRule = BigCommerceDiscountsFragment["discountRules"][number];

function RuleTarget({
  rule,
  isUnread,
}: {
  readonly rule: DiscountRule;
  readonly isUnread: boolean;
}) {
  switch (rule.__typename) {
    case "BigCommerceStorewideDiscountRule":
      return "Everything";
    case "BigCommerceCategoryDiscountRule":
      return (
        <Target
          kind="Category"
          id={rule.categoryId}
          name={rule.category?.name}
          isUnread={isUnread}
        />
      );
    case "BigCommerceProductDiscountRule":
      return (
        <Target
          kind="Product"
          id={rule.productId}
          name={rule.product?.name}
          note={rule.product?.sku}
          isUnread={isUnread}
        />
      );
    case "BigCommercePriceListDiscountRule":
      return (
        <Target
          kind="Price list"
          id={rule.priceListId}
          name={rule.priceList?.name}
          isUnread={isUnread}
        />
      );
    case "BigCommerceOtherDiscountRule":
      return (
        <>
          <span className="kind">{rule.type}</span>{" "}
          <code>{JSON.stringify(rule.raw)}</code>
        </>
      );
  }
}

interface TargetProps {
  readonly kind: string;
  /** BigCommerce's own id, which is there in any case. */
  readonly id: string;
  readonly name: string | undefined;
  readonly note?: string | null | undefined;
  /** Whether the name is missing because it could not be read. */
  readonly isUnread: boolean;
}

function Target({ kind, id, name, note, isUnread }: TargetProps) {
  return (
    <>
      <span className="kind">{kind}</span>{" "}
      {name !== undefined ? (
        <bdi>{name}</bdi>
      ) : (
        <span className="quiet">
          {id}, {isUnread ? "not read" : "deleted"}
        </span>
      )}
      {note != null && <span className="quiet"> {note}</span>}
    </>
  );
}

function discountInWords({
  __typename,
  method,
  amount,
}: DiscountRule): ReactNode {
  if (amount === null)
    return __typename === "BigCommercePriceListDiscountRule"
      ? "its prices"
      : "not told";
  switch (method) {
    case "PERCENT":
      return `${toReadableDecimal(amount)}% off`;
    case "FIXED":
      return `for ${toReadableDecimal(amount, 2)}`;
    case "PRICE":
      return `${toReadableDecimal(amount, 2)} off`;
    default:
      return `${toReadableDecimal(amount)}, it is not told how`;
  }
}

function Categories({
  group,
  problems,
  ...asking
}: PartProps<FragmentType<typeof BigCommerceCategories>>) {
  const { type, categoryIds, categories } = readFragment(
    BigCommerceCategories,
    group,
  ).categoryAccess;
  const known = new Map(
    (categories ?? []).map((category) => [category.nativeId, category]),
  );
  const ids = [...new Set(categoryIds)];
  const isListed = type === "SPECIFIC" || type === "UNKNOWN";
  return (
    <Section title="Categories">
      <Notice
        problems={problemsAt(problems, "customerGroup", "categoryAccess")}
        missing="The names of its categories are missing here."
        {...asking}
      />
      {type === "ALL" && <p>Its members see every category.</p>}
      {type === "NONE" && <p>Its members see no category.</p>}
      {type === "UNKNOWN" && (
        <p className="quiet">
          The store says in a new word which categories they see.
        </p>
      )}
      {type === "SPECIFIC" && (
        <p className="quiet">
          {ids.length === 0
            ? "Its members see those that are listed, and none is."
            : "Its members see these alone."}
        </p>
      )}
      {isListed && ids.length > 0 && (
        <ul className="rows">
          {ids.map((id) => {
            const category = known.get(id);
            return (
              <li key={id}>
                {category ? (
                  <>
                    <bdi>{category.name}</bdi>
                    <code className="quiet">{category.path}</code>
                  </>
                ) : (
                  <span className="quiet">
                    {id}, {categories === null ? "not read" : "deleted"}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

function PriceLists({
  group,
  problems,
  ...asking
}: PartProps<FragmentType<typeof BigCommercePriceLists>>) {
  const { priceListAssignments } = readFragment(BigCommercePriceLists, group);
  return (
    <Section title="Price lists by channel">
      <Notice
        problems={problemsAt(problems, "customerGroup", "priceListAssignments")}
        missing="Its price lists are missing here."
        {...asking}
      />
      {priceListAssignments?.length === 0 && (
        <p className="quiet">It has none of its own in any channel.</p>
      )}
      {priceListAssignments && priceListAssignments.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Price list</th>
              <th scope="col" className="amount">
                Channel
              </th>
            </tr>
          </thead>
          <tbody>
            {priceListAssignments.map(
              ({ id, channelId, priceListId, priceList }, index) => (
                <tr key={id}>
                  <td>
                    {priceList ? (
                      <bdi>{priceList.name}</bdi>
                    ) : (
                      <span className="quiet">
                        {priceListId},{" "}
                        {problemsAt(
                          problems,
                          "customerGroup",
                          "priceListAssignments",
                          index,
                        ).length > 0
                          ? "not read"
                          : "deleted"}
                      </span>
                    )}
                    {priceList?.active === false && (
                      <span className="quiet"> not in use</span>
                    )}
                  </td>
                  <td className="amount">{channelId ?? "any"}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
    </Section>
  );
}

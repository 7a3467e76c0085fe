import {
  type ReadValue,
  boolean,
  dateTime,
  integer,
  members,
  object,
  requiredText,
  text,
  textOrNumber,
  webAddress,
  word,
} from "../read-value";
import { CommerceLayerAttachment } from "./graph/attachment";
import { CommerceLayerCustomer } from "./graph/customer";
import { CommerceLayerCustomerAddress } from "./graph/customer-address";
import { CommerceLayerCustomerGroup } from "./graph/customer-group";
import { CommerceLayerCustomerPaymentSource } from "./graph/customer-payment-source";
import { CommerceLayerCustomerSubscription } from "./graph/customer-subscription";
import {
  CommerceLayerAnonymizationStatus,
  CommerceLayerCustomerStatus,
} from "./graph/enums";
import { CommerceLayerMarket } from "./graph/market";
import { CommerceLayerOrder } from "./graph/order";
import { CommerceLayerOrderSubscription } from "./graph/order-subscription";
import { CommerceLayerPriceList } from "./graph/price-list";
import type { CommerceLayerResource } from "./graph/resource";
import { CommerceLayerReturn } from "./graph/return";
import { CommerceLayerAddress } from "./graph/address";
import type { ResourceType } from "./wire";

/** How a field of a GraphQL type stands on the wire. */
export interface AttributeRule {
  /** The attribute's name in the document. */
  readonly wire: string;
  readonly read: ReadValue;
  /** Documents of earlier ages of the API lack it: see the README. */
  readonly mayLack?: true;
}

/** What every way to reach a field has. */
interface Reached {
  /** The API of earlier ages has no such relationship: see the README. */
  readonly mayLack?: true;
}

/**
 * How a field of a GraphQL type is reached over a relationship.
 *
 * - `include`: in the same answer as its owner. Includes cannot be paged, so
 *   this is for links that lead to few resources.
 * - `owned`: by the child's own list, filtered by its owners, so that many
 *   owners share the requests; one owner alone follows its `related` link.
 * - `related`: by the owner's `related` link, a request for each owner.
 * - `unlisted`: by the owner's `related` link too, of a relationship that
 *   today's API does not know: naming it in a request would be refused, so
 *   the owner is asked for without a list of fields.
 */
export type LinkRule = Reached &
  (
    | {
        readonly reach: "include";
        /** Relationships to walk, each with the type that it leads to. */
        readonly path: readonly [LinkStep, ...LinkStep[]];
        /**
         * Whether the field is a list of its own with pages. Its rows are then
         * put in order here, by creation, since includes come in none.
         */
        readonly paged: boolean;
      }
    | {
        readonly reach: "owned";
        readonly path: readonly [LinkStep];
        /** The child's relationship back to its owner, and the filter on it. */
        readonly owner: string;
        readonly ownerFilter: string;
      }
    | {
        readonly reach: "related";
        readonly path: readonly [LinkStep];
        /** The child's relationship back to its owner. */
        readonly owner: string;
      }
    | {
        readonly reach: "unlisted";
        readonly path: readonly [LinkStep];
      }
  );

export interface LinkStep {
  /** The relationship's name in the document. */
  readonly wire: string;
  readonly target: ResourceType;
}

/** All that there is to know of a resource type, for asking and for reading. */
export interface ResourceRule {
  /** As it stands in a global id. */
  readonly kind: string;
  /** The object type in the schema. */
  readonly typename: string;
  /** The right that a caller needs to read one by its id. */
  readonly scope: "read:groups" | "read:customers";
  readonly create: () => CommerceLayerResource;
  /** By the field's name in the schema. */
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** By the field's name in the schema. */
  readonly links: Readonly<Record<string, LinkRule>>;
}

const recordAttributes = {
  reference: { wire: "reference", read: text },
  referenceOrigin: { wire: "reference_origin", read: text },
  metadata: { wire: "metadata", read: object },
  createdAt: { wire: "created_at", read: dateTime },
  updatedAt: { wire: "updated_at", read: dateTime },
} satisfies Record<string, AttributeRule>;

const anonymizationStatus = word(CommerceLayerAnonymizationStatus);

/**
 * Every attribute and relationship that is read. What does not stand here is
 * never asked for: payment tokens, order tokens and shared secrets among it.
 */
export const resources: Readonly<Record<ResourceType, ResourceRule>> = {
  customer_groups: {
    kind: "CustomerGroup",
    typename: "CommerceLayerCustomerGroup",
    scope: "read:groups",
    create: () => new CommerceLayerCustomerGroup(),
    attributes: {
      ...recordAttributes,
      // The documentation of 2019 has none of a group.
      referenceOrigin: { ...recordAttributes.referenceOrigin, mayLack: true },
      name: { wire: "name", read: requiredText },
      code: { wire: "code", read: text, mayLack: true },
    },
    links: {
      customers: {
        reach: "related",
        path: [{ wire: "customers", target: "customers" }],
        owner: "customer_group",
      },
      markets: {
        reach: "owned",
        path: [{ wire: "markets", target: "markets" }],
        owner: "customer_group",
        ownerFilter: "customer_group_id_in",
        mayLack: true,
      },
      attachments: {
        reach: "include",
        path: [{ wire: "attachments", target: "attachments" }],
        paged: true,
        mayLack: true,
      },
      priceList: {
        reach: "unlisted",
        path: [{ wire: "price_list", target: "price_lists" }],
      },
    },
  },
  customers: {
    kind: "Customer",
    typename: "CommerceLayerCustomer",
    scope: "read:customers",
    create: () => new CommerceLayerCustomer(),
    attributes: {
      ...recordAttributes,
      email: { wire: "email", read: text },
      status: { wire: "status", read: word(CommerceLayerCustomerStatus) },
      hasPassword: { wire: "has_password", read: boolean },
      totalOrdersCount: {
        wire: "total_orders_count",
        read: integer,
        mayLack: true,
      },
      shopperReference: {
        wire: "shopper_reference",
        read: text,
        mayLack: true,
      },
      profileId: { wire: "profile_id", read: text, mayLack: true },
      taxExemptionCode: {
        wire: "tax_exemption_code",
        read: text,
        mayLack: true,
      },
      anonymizationStatus: {
        wire: "anonymization_status",
        read: anonymizationStatus,
        mayLack: true,
      },
      anonymizationInfo: {
        wire: "anonymization_info",
        mayLack: true,
        read: members({
          status: { wire: "status", read: anonymizationStatus },
          requestedAt: { wire: "requested_at", read: dateTime },
          startedAt: { wire: "started_at", read: dateTime },
          completedAt: { wire: "completed_at", read: dateTime },
          failedAt: { wire: "failed_at", read: dateTime },
          cancelledAt: { wire: "cancelled_at", read: dateTime },
        }),
      },
    },
    links: {
      customerGroup: {
        reach: "include",
        path: [{ wire: "customer_group", target: "customer_groups" }],
        paged: false,
      },
      addresses: {
        reach: "include",
        path: [
          { wire: "customer_addresses", target: "customer_addresses" },
          { wire: "address", target: "addresses" },
        ],
        paged: false,
      },
      customerAddresses: ownedByCustomer("customer_addresses"),
      customerPaymentSources: ownedByCustomer("customer_payment_sources"),
      customerSubscriptions: ownedByCustomer("customer_subscriptions"),
      orders: ownedByCustomer("orders"),
      orderSubscriptions: ownedByCustomer("order_subscriptions"),
      returns: ownedByCustomer("returns"),
      attachments: {
        reach: "include",
        path: [{ wire: "attachments", target: "attachments" }],
        paged: true,
      },
    },
  },
  markets: {
    kind: "CommerceLayerMarket",
    typename: "CommerceLayerMarket",
    scope: "read:groups",
    create: () => new CommerceLayerMarket(),
    attributes: {
      ...recordAttributes,
      name: { wire: "name", read: requiredText },
      code: { wire: "code", read: text, mayLack: true },
    },
    links: {
      priceList: {
        reach: "include",
        path: [{ wire: "price_list", target: "price_lists" }],
        paged: false,
      },
    },
  },
  price_lists: {
    kind: "CommerceLayerPriceList",
    typename: "CommerceLayerPriceList",
    scope: "read:groups",
    create: () => new CommerceLayerPriceList(),
    attributes: {
      ...recordAttributes,
      name: { wire: "name", read: requiredText },
      code: { wire: "code", read: text, mayLack: true },
      currencyCode: { wire: "currency_code", read: text },
      taxIncluded: { wire: "tax_included", read: boolean },
    },
    links: {},
  },
  attachments: {
    kind: "CommerceLayerAttachment",
    typename: "CommerceLayerAttachment",
    scope: "read:customers",
    create: () => new CommerceLayerAttachment(),
    attributes: {
      ...recordAttributes,
      name: { wire: "name", read: text },
      description: { wire: "description", read: text },
      url: { wire: "url", read: webAddress },
    },
    links: {},
  },
  customer_addresses: {
    kind: "CommerceLayerCustomerAddress",
    typename: "CommerceLayerCustomerAddress",
    scope: "read:customers",
    create: () => new CommerceLayerCustomerAddress(),
    attributes: {
      ...recordAttributes,
      name: { wire: "name", read: text },
    },
    links: {
      address: {
        reach: "include",
        path: [{ wire: "address", target: "addresses" }],
        paged: false,
      },
    },
  },
  addresses: {
    kind: "CommerceLayerAddress",
    typename: "CustomerAddress",
    scope: "read:customers",
    create: () => new CommerceLayerAddress(),
    attributes: {
      name: { wire: "full_name", read: text },
      company: { wire: "company", read: text },
      line1: { wire: "line_1", read: text },
      line2: { wire: "line_2", read: text },
      city: { wire: "city", read: text },
      region: { wire: "state_code", read: text },
      postalCode: { wire: "zip_code", read: text },
      countryCode: { wire: "country_code", read: text },
      phone: { wire: "phone", read: text },
    },
    links: {},
  },
  customer_payment_sources: {
    kind: "CommerceLayerCustomerPaymentSource",
    typename: "CommerceLayerCustomerPaymentSource",
    scope: "read:customers",
    create: () => new CommerceLayerCustomerPaymentSource(),
    attributes: {
      ...recordAttributes,
      name: { wire: "name", read: text },
    },
    links: {},
  },
  customer_subscriptions: {
    kind: "CommerceLayerCustomerSubscription",
    typename: "CommerceLayerCustomerSubscription",
    scope: "read:customers",
    create: () => new CommerceLayerCustomerSubscription(),
    attributes: {
      ...recordAttributes,
      customerEmail: { wire: "customer_email", read: text },
    },
    links: {},
  },
  orders: {
    kind: "CommerceLayerOrder",
    typename: "CommerceLayerOrder",
    scope: "read:customers",
    create: () => new CommerceLayerOrder(),
    attributes: {
      ...recordAttributes,
      number: { wire: "number", read: textOrNumber },
      status: { wire: "status", read: text },
      paymentStatus: { wire: "payment_status", read: text },
      fulfillmentStatus: { wire: "fulfillment_status", read: text },
      currencyCode: { wire: "currency_code", read: text },
      totalAmountCents: { wire: "total_amount_cents", read: integer },
      placedAt: { wire: "placed_at", read: dateTime },
    },
    links: {},
  },
  order_subscriptions: {
    kind: "CommerceLayerOrderSubscription",
    typename: "CommerceLayerOrderSubscription",
    scope: "read:customers",
    create: () => new CommerceLayerOrderSubscription(),
    attributes: {
      ...recordAttributes,
      number: { wire: "number", read: textOrNumber },
      status: { wire: "status", read: text },
      frequency: { wire: "frequency", read: text },
    },
    links: {},
  },
  returns: {
    kind: "CommerceLayerReturn",
    typename: "CommerceLayerReturn",
    scope: "read:customers",
    create: () => new CommerceLayerReturn(),
    attributes: {
      ...recordAttributes,
      number: { wire: "number", read: textOrNumber },
      status: { wire: "status", read: text },
    },
    links: {},
  },
};

/** Whether an API of an earlier age may not know a name. */
export function mayLack(type: ResourceType, name: string): boolean {
  const { attributes, links } = resources[type];
  return (
    Object.values(attributes).some(
      (rule) => rule.wire === name && rule.mayLack,
    ) ||
    Object.values(links).some(
      (rule) => rule.path[0].wire === name && rule.mayLack,
    )
  );
}

function ownedByCustomer(
  target: ResourceType,
): Extract<LinkRule, { reach: "owned" }> {
  return {
    reach: "owned",
    path: [{ wire: target, target }],
    owner: "customer",
    ownerFilter: "customer_id_in",
  };
}

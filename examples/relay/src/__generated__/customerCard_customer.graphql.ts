/**
 * @generated SignedSource<<d244900238244bb38ea35b64adf77bfb>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type CommerceLayerCustomerStatus = "ACQUIRED" | "PROSPECT" | "REPEAT" | "UNKNOWN" | "%future added value";
export type Platform = "BIGCOMMERCE" | "COMMERCE_LAYER" | "ECWID" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type customerCard_customer$data = {
  readonly company?: string | null | undefined;
  readonly createdAt: string | null | undefined;
  readonly customerGroup: {
    readonly name: string;
  } | null | undefined;
  readonly email: string | null | undefined;
  readonly id: string;
  readonly language?: string | null | undefined;
  readonly name: string | null | undefined;
  readonly orderCount?: number | null | undefined;
  readonly status?: CommerceLayerCustomerStatus | null | undefined;
  readonly store: {
    readonly key: string;
    readonly platform: Platform;
  };
  readonly storeCredit?: string | null | undefined;
  readonly totalOrdersCount?: number | null | undefined;
  readonly " $fragmentType": "customerCard_customer";
};
export type customerCard_customer$key = {
  readonly " $data"?: customerCard_customer$data;
  readonly " $fragmentSpreads": FragmentRefs<"customerCard_customer">;
};

import customerCardRefetchQuery_graphql from './customerCardRefetchQuery.graphql';

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": customerCardRefetchQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "customerCard_customer",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "email",
      "storageKey": null
    },
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "createdAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Store",
      "kind": "LinkedField",
      "name": "store",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "key",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "platform",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": null,
      "kind": "LinkedField",
      "name": "customerGroup",
      "plural": false,
      "selections": [
        (v0/*:: as any*/)
      ],
      "storageKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "status",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "totalOrdersCount",
          "storageKey": null
        }
      ],
      "type": "CommerceLayerCustomer",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "company",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "storeCredit",
          "storageKey": null
        }
      ],
      "type": "BigCommerceCustomer",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "orderCount",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "language",
          "storageKey": null
        }
      ],
      "type": "EcwidCustomer",
      "abstractKey": null
    }
  ],
  "type": "Customer",
  "abstractKey": "__isCustomer"
};
})();

(node as any).hash = "91785a59aab00f4c04783d1760aea357";

export default node;

import type { Random } from "../../random";
import type { CustomerGroupRow, MarketRow, PriceListRow } from "../rows";
import { createIds, FIRST_ID } from "./ids";
import { stamp, toDate, toRows } from "./stamp";
import { currencies, groupNames } from "./words";

const DAY = 86_400_000;
const FROM = Date.UTC(2019, 0, 2);

/** The group that Commerce Layer's documentation shows, as it stands there. */
const vip: CustomerGroupRow = {
  key: 1,
  id: FIRST_ID,
  old: true,
  name: "VIP",
  code: null,
  created_at: "2018-01-01T12:00:00.000Z",
  updated_at: "2018-01-01T12:00:00.000Z",
  reference: "ANY-EXTERNAL-REFEFERNCE",
  reference_origin: "ANY-EXTERNAL-REFEFERNCE-ORIGIN",
  metadata: { foo: "bar" },
  price_list_id: null,
};

/** How many markets each group has; groups not named have none. */
const marketsOf: readonly (readonly [group: string, markets: number])[] = [
  ["VIP", 2],
  ["Wholesale", 3],
  ["Press", 1],
  ["Newsletter", 1],
  ["Resellers North", 30],
];
const PUBLIC_MARKETS = 5;

/** Twelve price lists, one for each currency. */
export function createPriceLists(random: Random): readonly PriceListRow[] {
  const nextId = createIds(random);
  return toRows(
    currencies.map((currency, n) => ({
      name: `${currency} price list`,
      code: n % 4 === 3 ? null : `pl_${currency.toLowerCase()}`,
      currency_code: currency,
      tax_included: n % 2 === 0,
      ...stamp(random, nextId(), FROM + n * DAY),
    })),
  );
}

/** The groups: VIP first, then one for each name. */
export function createCustomerGroups(
  random: Random,
  priceLists: readonly PriceListRow[],
): readonly CustomerGroupRow[] {
  const nextId = createIds(random, [FIRST_ID]);
  return toRows([
    { ...vip, price_list_id: priceLists[0]?.id ?? null },
    ...groupNames.map((name, n) => ({
      name,
      code: n % 5 === 4 ? null : `group-${n}`,
      price_list_id: n % 3 === 0 ? random.pick(priceLists).id : null,
      ...stamp(random, nextId(), FROM + n * 30 * DAY + random.int(0, DAY)),
    })),
  ]);
}

/** The markets: those of groups, then some for everybody. */
export function createMarkets(
  random: Random,
  groups: readonly CustomerGroupRow[],
  priceLists: readonly PriceListRow[],
): readonly MarketRow[] {
  const nextId = createIds(random);
  const owners = marketsOf.flatMap(([name, markets]) => {
    const group = groups.find((group) => group.name === name);
    return Array<string | null>(markets).fill(group?.id ?? null);
  });
  for (let n = 0; n < PUBLIC_MARKETS; n++) owners.push(null);
  return toRows(
    owners.map((owner, n) => {
      const priceList = priceLists[n % priceLists.length] as PriceListRow;
      const madeAt = FROM + n * 20 * DAY + random.int(0, DAY);
      return {
        number: 1000 + n,
        name: `${priceList.currency_code} market ${n + 1}`,
        code: n % 6 === 5 ? null : `market_${n + 1}`,
        facebook_pixel_id: null,
        checkout_url: n % 3 === 0 ? "" : n % 3 === 1 ? null : CHECKOUT,
        private: owner !== null,
        shipping_cost_cutoff: n % 4 === 0 ? n * 100 : null,
        disabled_at: n % 10 === 9 ? toDate(madeAt + 100 * DAY) : null,
        shared_secret: `canary-market-secret-${n + 1}`,
        external_includes: [],
        price_list_id: priceList.id,
        customer_group_id: owner,
        ...stamp(random, nextId(), madeAt),
      };
    }),
  );
}

const CHECKOUT = "https://checkout.example.com/:order_id";

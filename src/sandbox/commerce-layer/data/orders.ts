import type { Random } from "../../random";
import type {
  CustomerAddressRow,
  CustomerPaymentSourceRow,
  CustomerRow,
  MarketRow,
  OrderRow,
  OrderSubscriptionRow,
  PriceListRow,
  ReturnRow,
} from "../rows";
import { createIds } from "./ids";
import { stamp, toDate, toRows } from "./stamp";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TO = Date.UTC(2026, 5, 1);
// Orders after the newest customer too, so that the last days are busy.
const LEAST_SPAN = 30 * DAY;

/** As many orders for each customer as `total_orders_count` says. */
export function createOrders(
  random: Random,
  customers: readonly CustomerRow[],
  markets: readonly MarketRow[],
  priceLists: readonly PriceListRow[],
  customerAddresses: readonly CustomerAddressRow[],
): readonly OrderRow[] {
  const nextId = createIds(random);
  const currencies = new Map(
    priceLists.map((list) => [list.id, list.currency_code]),
  );
  const addresses = new Map(
    customerAddresses.map((link) => [link.customer_id, link.address_id]),
  );
  const drafts: OrderRow[] = [];
  for (const customer of customers) {
    const since = Date.parse(customer.created_at);
    const span = Math.max(LEAST_SPAN, TO - since);
    for (let n = 0; n < (customer.total_orders_count ?? 0); n++) {
      const madeAt = since + Math.floor(random.next() * span);
      const market = random.pick(markets);
      const currency = currencies.get(market.price_list_id) ?? "EUR";
      const subtotal = random.int(100, 60_000);
      const shipping = random.pick([0, 490, 990]);
      const total = subtotal + shipping;
      const [status, payment, fulfillment] = random.pick(STATES);
      const address = addresses.get(customer.id) ?? null;
      const number = drafts.length + 1;
      drafts.push({
        number: number % 3 === 0 ? number : String(10_000 + number),
        status,
        payment_status: payment,
        fulfillment_status: fulfillment,
        guest: false,
        editable: status === "editing",
        customer_email: customer.email,
        language_code: random.pick(["en", "de", "ja"]),
        currency_code: currency,
        country_code: random.pick(["CH", "DE", "JP", "US"]),
        tax_included: true,
        subtotal_amount_cents: subtotal,
        shipping_amount_cents: shipping,
        discount_amount_cents: 0,
        total_amount_cents: total,
        total_amount_float: total / 100,
        formatted_total_amount: formatted(total, currency),
        total_amount_with_taxes_cents: total,
        formatted_total_amount_with_taxes: formatted(total, currency),
        skus_count: random.int(1, 8),
        token: `canary-order-token-${number}`,
        placed_at: toDate(madeAt + HOUR),
        approved_at: status === "approved" ? toDate(madeAt + 2 * HOUR) : null,
        cancelled_at: status === "cancelled" ? toDate(madeAt + 3 * HOUR) : null,
        customer_id: customer.id,
        market_id: market.id,
        shipping_address_id: address,
        billing_address_id: address,
        ...stamp(random, nextId(), madeAt),
      });
    }
  }
  return toRows(drafts);
}

/** Standing orders of a twentieth of the customers who ordered. */
export function createOrderSubscriptions(
  random: Random,
  orders: readonly OrderRow[],
  paymentSources: readonly CustomerPaymentSourceRow[],
): readonly OrderSubscriptionRow[] {
  const nextId = createIds(random);
  const sources = new Map(
    paymentSources.map((source) => [source.customer_id, source.id]),
  );
  return toRows(
    orders
      .filter(() => random.chance(0.03))
      .map((order, n) => {
        const startsAt = Date.parse(order.created_at) + DAY;
        const runs = random.int(0, 4);
        return {
          number: String(500 + n),
          status: random.pick(["draft", "inactive", "active", "cancelled"]),
          frequency: random.pick(["weekly", "monthly", "0 10 * * 1"]),
          activate_by_source_order: true,
          place_target_order: random.chance(0.5),
          renewal_alert_period: null,
          customer_email: order.customer_email,
          starts_at: toDate(startsAt),
          expires_at: null,
          last_run_at: runs > 0 ? toDate(startsAt + runs * 7 * DAY) : null,
          next_run_at: toDate(startsAt + (runs + 1) * 7 * DAY),
          occurrencies: runs,
          errors_count: 0,
          succeeded_on_last_run: runs > 0 ? true : null,
          customer_id: order.customer_id,
          market_id: order.market_id,
          source_order_id: order.id,
          customer_payment_source_id: sources.get(order.customer_id) ?? null,
          ...stamp(random, nextId(), startsAt - HOUR),
        };
      }),
  );
}

/** Returns of a tenth of the approved orders. */
export function createReturns(
  random: Random,
  orders: readonly OrderRow[],
): readonly ReturnRow[] {
  const nextId = createIds(random);
  return toRows(
    orders
      .filter((order) => order.status === "approved" && random.chance(0.1))
      .map((order, n) => {
        const madeAt = Date.parse(order.created_at) + random.int(3, 20) * DAY;
        const status = random.pick(["requested", "approved", "refunded"]);
        const refund = status === "refunded" ? order.total_amount_cents : null;
        return {
          number: `${order.number}/R/${n + 1}`,
          status,
          customer_email: order.customer_email,
          skus_count: 1,
          approved_at: status === "requested" ? null : toDate(madeAt + DAY),
          cancelled_at: null,
          received_at: refund === null ? null : toDate(madeAt + 5 * DAY),
          refunded_at: refund === null ? null : toDate(madeAt + 6 * DAY),
          estimated_refund_amount_cents: refund,
          estimated_refund_amount_float: refund === null ? null : refund / 100,
          formatted_estimated_refund_amount:
            refund === null ? null : formatted(refund, order.currency_code),
          customer_id: order.customer_id,
          order_id: order.id,
          origin_address_id: order.shipping_address_id,
          ...stamp(random, nextId(), madeAt),
        };
      }),
  );
}

function formatted(cents: number, currency: string): string {
  return `${currency} ${(cents / 100).toFixed(2)}`;
}

const STATES: readonly (readonly [string, string, string])[] = [
  ["approved", "paid", "fulfilled"],
  ["approved", "paid", "in_progress"],
  ["approved", "free", "not_required"],
  ["placed", "authorized", "unfulfilled"],
  ["editing", "authorized", "unfulfilled"],
  ["cancelled", "voided", "unfulfilled"],
];

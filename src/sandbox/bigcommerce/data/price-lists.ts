import { toIsoDate } from "../dates";
import type { Random } from "../../random";
import type {
  CustomerGroupRow,
  PriceListAssignmentRow,
  PriceListRow,
} from "../rows";

const DAY = 86_400_000;
const FROM = Date.UTC(2022, 1, 26);
const CHANNELS = [1, 2, 3];
const FIRST_NAMES = ["Warehouse", "B2B", "Wholesale"];
const REGIONS = ["Nord", "Süd", "Ost", "West", "東", "Été", "Über <100>"];

/** A price list that was deleted, which rules and assignments still name. */
export const deletedPriceListId = 13;

/** The group with a price list in each of three channels. */
export const threeChannelGroupId = 5;

/** 24 price lists; number 3 is called Wholesale. */
export function createPriceLists(random: Random): readonly PriceListRow[] {
  const rows: PriceListRow[] = [];
  for (let id = 1; rows.length < 24; id++) {
    if (id === deletedPriceListId) continue;
    const madeAt = FROM + id * 10 * DAY + random.int(0, DAY);
    const region = REGIONS[id % REGIONS.length] ?? "";
    rows.push({
      id,
      name: FIRST_NAMES[id - 1] ?? `${region} ${id}`,
      date_created: toIsoDate(madeAt),
      date_modified: toIsoDate(
        random.chance(0.3) ? madeAt : madeAt + random.int(1, 300) * DAY,
      ),
      active: id === 3 || random.chance(0.8),
    });
  }
  return rows;
}

/**
 * Assignments: a group has a list in none to three channels; one list is
 * assigned to a channel alone, one assignment names a deleted list.
 */
export function createPriceListAssignments(
  random: Random,
  groups: readonly CustomerGroupRow[],
  priceLists: readonly PriceListRow[],
): readonly PriceListAssignmentRow[] {
  const drafts: Omit<PriceListAssignmentRow, "id">[] = [
    { price_list_id: 3, customer_group_id: 1, channel_id: 1 },
    ...CHANNELS.map((channel_id) => ({
      price_list_id: channel_id,
      customer_group_id: threeChannelGroupId,
      channel_id,
    })),
    // What the group is on such an assignment is not documented.
    { price_list_id: 2, customer_group_id: 0, channel_id: 3 },
    {
      price_list_id: deletedPriceListId,
      customer_group_id: 6,
      channel_id: 1,
    },
  ];
  for (const group of groups) {
    // Assignments and discounts exclude each other (BigCommerce docs, price
    // lists); the groups above are made on purpose.
    if (group.id <= 6 || group.discount_rules.length > 0) continue;
    const channels = random.shuffle(CHANNELS).slice(0, random.int(0, 2));
    for (const channel_id of channels.toSorted((a, b) => a - b))
      drafts.push({
        price_list_id: random.pick(priceLists).id,
        customer_group_id: group.id,
        channel_id,
      });
  }
  return random
    .shuffle(drafts)
    .map((draft, n) => ({ id: n + 1 + Math.floor(n / 9), ...draft }));
}

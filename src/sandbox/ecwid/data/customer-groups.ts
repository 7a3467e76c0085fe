import type { Random } from "../../random";
import type { CustomerGroupRow } from "../rows";
import { createIds } from "./ids";
import { groupNames } from "./words";

const FIRST_ID = 9367001;
// The last groups are younger: their numbers have a digit more.
const FIRST_LATE_ID = 10000003;
const LATE_GROUPS = 4;

/** The built-in group; customers without another are in it. */
export const general: CustomerGroupRow = { id: 0, name: "General" };

/** The group of Ecwid's documentation, as it stands there. */
export const vip: CustomerGroupRow = { id: FIRST_ID, name: "VIP" };

/** Groups that are made on purpose, with how many members they have. */
export const sizedGroups: readonly {
  readonly name: string;
  readonly share?: number;
  readonly size?: number;
  readonly externalReferenceId?: string;
}[] = [
  { name: "Wholesale", size: 25, externalReferenceId: "erp-grp-77" },
  { name: "Newsletter", share: 0.4 },
  { name: "One full page", size: 100 },
  { name: "A page and one", size: 101 },
  { name: "Only one", size: 1 },
  { name: "Nobody", size: 0 },
  { name: "Nobody yet", size: 0, externalReferenceId: "erp-grp-empty" },
  { name: "Former members", size: 0 },
];

/** All groups: General, VIP, those made on purpose, then one for each name. */
export function createCustomerGroups(
  random: Random,
): readonly CustomerGroupRow[] {
  const drafts: readonly Omit<CustomerGroupRow, "id">[] = [
    ...sizedGroups.map(({ name, externalReferenceId }) => ({
      name,
      ...(externalReferenceId === undefined ? {} : { externalReferenceId }),
    })),
    ...groupNames.map((name) => ({
      name,
      ...(random.chance(0.12)
        ? { externalReferenceId: `crm-${random.int(100, 99_999)}-${name}` }
        : {}),
    })),
  ];
  const ids = [
    ...createIds(FIRST_ID + 1, drafts.length - LATE_GROUPS),
    ...createIds(FIRST_LATE_ID, LATE_GROUPS),
  ];
  const rows = drafts.map((draft, n) => ({ id: ids[n] ?? 0, ...draft }));
  return [general, vip, ...rows];
}

import { type Anatomy, offsetPages } from "../anatomy";

/** Where things stand in answers: a search has items, one row is the body. */
export const anatomy: Anatomy = {
  rows: ["/items", ""],
  id: "/id",
  parents: ["/customerGroupId"],
  totals: ["/total"],
  pageCounts: [],
  pages: offsetPages("offset", "limit", 100),
};

import { type Anatomy, numberedPages } from "../anatomy";

/** Where things stand in documents. */
export const anatomy: Anatomy = {
  rows: ["/data"],
  id: "/id",
  type: "/type",
  parents: ["/relationships/customer_group/data/id"],
  totals: ["/meta/record_count"],
  pageCounts: ["/meta/page_count"],
  pages: numberedPages("page[number]"),
};

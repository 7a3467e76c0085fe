import { type Anatomy, numberedPages } from "../anatomy";

/** Where things stand in answers: v3 wraps rows, v2 does not. */
export const anatomy: Anatomy = {
  rows: ["/data", ""],
  id: "/id",
  parents: ["/customer_group_id", "/customer_id"],
  totals: ["/meta/pagination/total"],
  pageCounts: ["/meta/pagination/total_pages"],
  pages: numberedPages("page"),
};

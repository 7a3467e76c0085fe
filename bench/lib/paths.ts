import { join } from "node:path";

/** The repository; this file is built to `bench/dist/bench/lib`. */
export const repository = join(__dirname, "../../../..");

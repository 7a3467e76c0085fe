// Decorators of the rooms need it before the first of them is loaded.
import "reflect-metadata";
import { bigcommerce } from "./bigcommerce";
import { commerceLayer } from "./commerce-layer";
import { ecwid } from "./ecwid";
import type { Platform } from "./platform";

/** Every platform that a store can be configured for: one line each. */
export const platforms: readonly Platform[] = [
  commerceLayer,
  bigcommerce,
  ecwid,
];

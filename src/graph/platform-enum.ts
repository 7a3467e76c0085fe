import { registerEnumType } from "type-graphql";
import type { Platform } from "../platforms/platform";

/** Filled from the platforms that the schema is built for. */
export const PlatformEnum: Record<string, string> = {};

/** Gives the GraphQL enum `Platform` one value for each platform. */
export function registerPlatforms(platforms: readonly Platform[]): void {
  for (const { enumValue } of platforms) PlatformEnum[enumValue] = enumValue;
  registerEnumType(PlatformEnum, {
    name: "Platform",
    description: "The commerce platforms that a store can be an account of.",
    valuesConfig: Object.fromEntries(
      platforms.map(({ enumValue, title }) => [
        enumValue,
        { description: `${title}.` },
      ]),
    ),
  });
}

import { z } from "zod";
import { secret, upstreamUrl } from "../settings-fields";

/** What a store's entry in the configuration says of an Ecwid store. */
export const ecwidSettings = z.strictObject({
  baseUrl: upstreamUrl("https://app.ecwid.com").default(
    new URL("https://app.ecwid.com"),
  ),
  storeId: z.coerce
    .number("expected the store's number")
    .int("expected the store's number")
    .positive("expected the store's number"),
  credentials: z.strictObject({
    accessToken: secret("expected a token"),
  }),
});

export type EcwidSettings = z.infer<typeof ecwidSettings>;

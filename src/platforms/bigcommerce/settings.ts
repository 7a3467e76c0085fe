import { z } from "zod";
import { secret, upstreamUrl } from "../settings-fields";

/** What a store's entry in the configuration says of a BigCommerce store. */
export const bigcommerceSettings = z.strictObject({
  baseUrl: upstreamUrl("https://api.bigcommerce.com").default(
    new URL("https://api.bigcommerce.com"),
  ),
  storeHash: z
    .string()
    .regex(
      /^[A-Za-z0-9]{1,32}$/,
      "expected the store's hash: the part between /stores/ and /v3 of its API path",
    ),
  credentials: z.strictObject({
    accessToken: secret("expected a token"),
  }),
});

export type BigCommerceSettings = z.infer<typeof bigcommerceSettings>;

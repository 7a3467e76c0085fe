import { z } from "zod";
import { upstreamUrl } from "../settings-fields";

/** What a store's entry in the configuration says of a Commerce Layer account. */
export const commerceLayerSettings = z.strictObject({
  baseUrl: upstreamUrl("https://yourdomain.commercelayer.io"),
  credentials: z.union(
    [
      z.strictObject({
        clientId: z.string().min(1),
        clientSecret: z.string().min(1),
        tokenUrl: upstreamUrl(
          "https://auth.commercelayer.io/oauth/token",
        ).default(new URL("https://auth.commercelayer.io/oauth/token")),
        scope: z.string().min(1).optional(),
      }),
      z.strictObject({ accessToken: z.string().min(1) }),
    ],
    {
      error:
        "expected { clientId, clientSecret } with tokenUrl and scope if needed, or { accessToken }",
    },
  ),
});

export type CommerceLayerSettings = z.infer<typeof commerceLayerSettings>;

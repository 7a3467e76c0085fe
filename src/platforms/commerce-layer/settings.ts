import { z } from "zod";
import { secret, upstreamUrl } from "../settings-fields";

const clientCredentials = z.strictObject({
  clientId: z.string("expected the application's client id").min(1),
  clientSecret: secret("expected the application's client secret"),
  tokenUrl: upstreamUrl("https://auth.commercelayer.io/oauth/token").default(
    new URL("https://auth.commercelayer.io/oauth/token"),
  ),
  scope: z.string().min(1).optional(),
});

const staticToken = z.strictObject({
  accessToken: secret("expected an access token"),
});

/** The form is told by its members, so that each problem has its own path. */
const credentials = z
  .looseObject(
    {},
    "expected clientId and clientSecret (tokenUrl and scope if needed), or accessToken",
  )
  .transform((value, context) => {
    const form: z.ZodType<
      z.infer<typeof clientCredentials> | z.infer<typeof staticToken>
    > = "accessToken" in value ? staticToken : clientCredentials;
    const result = form.safeParse(value);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      context.addIssue({ code: "custom", path, message });
    }
    return z.NEVER;
  });

/** What a store's entry in the configuration says of a Commerce Layer account. */
export const commerceLayerSettings = z.strictObject({
  baseUrl: upstreamUrl("https://yourdomain.commercelayer.io"),
  credentials,
});

export type CommerceLayerSettings = z.infer<typeof commerceLayerSettings>;

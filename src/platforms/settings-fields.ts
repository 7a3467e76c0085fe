import { z } from "zod";
import { Secret } from "../domain/secret";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * A credential in the configuration, wrapped so that nothing prints it.
 *
 * @param message what is expected; it is shown when another value stands there.
 */
export function secret(message: string): z.ZodType<Secret> {
  return z
    .string(message)
    .regex(/^[\x21-\x7e]+$/, message)
    .transform((value) => new Secret(value));
}

/**
 * A platform's address in the configuration: absolute, https (http only to
 * this machine itself), without credentials, query or fragment.
 */
export function upstreamUrl(example: string): z.ZodType<URL> {
  return z
    .union([z.string(), z.instanceof(URL)], `expected a URL such as ${example}`)
    .transform((value, context) => {
      const problem = (message: string) => {
        context.addIssue({ code: "custom", message });
        return z.NEVER;
      };
      let url: URL;
      try {
        url = new URL(value);
      } catch {
        return problem(`expected a URL such as ${example}`);
      }
      if (url.protocol === "http:" && !loopback.test(url.hostname)) {
        return problem("expected https: http sends credentials in the clear");
      }
      if (url.protocol !== "https:" && url.protocol !== "http:") {
        return problem(`expected an https URL such as ${example}`);
      }
      if (url.username || url.password || url.search || url.hash) {
        return problem("expected a URL without user, query or fragment");
      }
      return url;
    });
}

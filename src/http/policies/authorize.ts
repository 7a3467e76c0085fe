import type { Policy, UpstreamRequest, UpstreamResponse } from "../exchange";

/** What opens a store, and how it is renewed. */
export interface Credentials {
  /**
   * The headers that carry the credential. May fetch it first; calls at the
   * same time share one fetch.
   *
   * @throws PlatformError when the credential cannot be had.
   */
  headers(
    request: UpstreamRequest,
  ):
    | Promise<Readonly<Record<string, string>>>
    | Readonly<Record<string, string>>;
  /**
   * Looks at an answer that used `headers`.
   *
   * @returns true when the credential has run out and the next call of
   *   {@link Credentials.headers} gives a new one: the request is sent once
   *   more. False for any other answer, a refusal included.
   */
  hasExpired(
    response: UpstreamResponse,
    headers: Readonly<Record<string, string>>,
  ): boolean;
}

/**
 * Signs each request; sends it once more when the credential had run out.
 *
 * @param onRepeat hears of each request that is sent once more.
 */
export function authorize(
  credentials: Credentials,
  onRepeat: (request: UpstreamRequest) => void = () => undefined,
): Policy {
  return (next) => async (request) => {
    const sign = (headers: Readonly<Record<string, string>>) =>
      next({ ...request, headers: { ...request.headers, ...headers } });
    const headers = await credentials.headers(request);
    const response = await sign(headers);
    if (!credentials.hasExpired(response, headers)) return response;
    const account = request.ledger?.account(request.call.store);
    if (account) account.retried += 1;
    onRepeat(request);
    const renewed = await credentials.headers(request);
    const second = await sign(renewed);
    // Whoever keeps the credential learns of its end from every answer.
    credentials.hasExpired(second, renewed);
    return second;
  };
}

import type { Policy, UpstreamResponse } from "../exchange";

/** What a platform's last answer said of a store's quota. */
export interface UpstreamQuota {
  /** Requests in a window. */
  readonly limit: number;
  /** Requests that are left in the current one. */
  readonly left: number;
  /** Length of a window; `null` when the platform does not tell. */
  readonly windowMs: number | null;
  /** Time until the next window; `null` when the platform does not tell. */
  readonly resetMs: number | null;
}

/** Keeps what the answers of one store say of its quota. */
export interface QuotaObserver {
  /** Reads every answer, refusals included. */
  readonly policy: Policy;
  /** @returns `null` until an answer has told. */
  current(): UpstreamQuota | null;
}

/** @param read from the headers of a platform; `null` when they do not tell. */
export function createQuotaObserver(
  read: (response: UpstreamResponse) => UpstreamQuota | null,
): QuotaObserver {
  let quota: UpstreamQuota | null = null;
  return {
    current: () => quota,
    policy: (next) => async (request) => {
      const response = await next(request);
      quota = read(response) ?? quota;
      return response;
    },
  };
}

/** A header that holds a count; `null` when it is absent or holds another text. */
export function countHeader(
  { headers }: UpstreamResponse,
  name: string,
): number | null {
  const text = headers[name]?.trim();
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

import type { Policy } from "../exchange";

/**
 * Sends only what the operation may still send. A request that is sent again
 * was counted when it was sent first.
 */
export const withinAllowance: Policy = (next) => async (request) => {
  request.ledger?.claim();
  return next(request);
};

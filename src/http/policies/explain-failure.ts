import { ClienteleError, PlatformError } from "../../domain/errors";
import type { Policy } from "../exchange";
import { TransportFailure } from "../transport-failure";

/** Turns the wire's failures into errors that name the store and the call. */
export const explainFailure: Policy = (next) => (request) =>
  next(request).catch((error: unknown) => {
    if (error instanceof ClienteleError) throw error;
    if (!(error instanceof TransportFailure)) throw error;
    switch (error.kind) {
      case "redirect":
      case "oversized":
      case "undecodable":
        throw PlatformError.contract(request.call, error.message);
      default:
        throw PlatformError.unavailable(request.call, error.message);
    }
  });

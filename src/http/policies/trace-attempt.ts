import { failSpan, inSpan, isTraced } from "../../telemetry/spans";
import type { Policy } from "../exchange";

/**
 * Makes a span of every attempt, named by its path template. The caller's
 * trace ends here: a platform is sent none of its headers.
 */
export const traceAttempt: Policy = (next) => (request) => {
  if (!isTraced()) return next(request);
  return inSpan(
    {
      name: request.call.operation,
      kind: "client",
      attributes: {
        "http.request.method": request.method,
        "url.template": request.call.operation.replace(/^\w+ /, ""),
        "clientele.store": request.call.store,
        "clientele.platform": request.call.platform,
      },
    },
    async (span) => {
      const response = await next(request);
      span.setAttribute("http.response.status_code", response.status);
      if (response.status >= 400) failSpan(span, String(response.status));
      return response;
    },
  );
};

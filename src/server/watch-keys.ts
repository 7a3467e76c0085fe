import type { Metrics } from "./metrics";
import type { KeyFetchOutcome } from "./key-refresh";

interface Logger {
  info(message: string): void;
  warn(facts: object, message: string): void;
}

/**
 * Counts how fetching the issuer's keys ends, and says in the log when it stops
 * working and when it works again: meanwhile callers get 503.
 */
export function watchKeys(
  metrics: Pick<Metrics, "keysFetched">,
  logger: Logger,
): (outcome: KeyFetchOutcome) => void {
  let isFailing = false;
  return (outcome) => {
    metrics.keysFetched(outcome);
    const fails = outcome !== "ok";
    if (fails === isFailing) return;
    isFailing = fails;
    if (fails) {
      logger.warn({ outcome }, "the issuer's keys cannot be fetched");
    } else {
      logger.info("the issuer's keys can be fetched again");
    }
  };
}

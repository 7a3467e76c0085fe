import { type PlatformCall, PlatformError } from "../domain/errors";

/**
 * The error of a page that is empty though the platform's own total says that
 * rows stand there. Rows may go while a list is paged through, but the total
 * goes with them; and a page without rows, of which more are said to follow,
 * has no end from which to go on.
 */
export function missingRows(call: PlatformCall, total: number): PlatformError {
  return PlatformError.contract(
    call,
    `it tells of ${total} rows, and answers none where some of them stand`,
  );
}

import { isUtf8 } from "node:buffer";
import { type PlatformCall, PlatformError } from "../domain/errors";
import { checkJsonShape } from "./check-json-shape";
import type { UpstreamResponse } from "./exchange";

/** A text of this size does not hold a parser up for long, whatever is in it. */
const harmlessBytes = 256 * 1024;

/**
 * Reads a body as JSON. Whatever is wrong with it is said in our own words: a
 * parser's message quotes the body, and the body is somebody's data.
 *
 * @throws PlatformError `PLATFORM_CONTRACT` when it is no JSON in UTF-8, or of
 *   a shape that is made to be hard to parse.
 */
export function readJson(
  response: UpstreamResponse,
  call: PlatformCall,
): unknown {
  if (response.json !== undefined) return response.json;
  if (!isUtf8(response.body)) {
    throw PlatformError.contract(call, "the answer is not UTF-8");
  }
  if (response.body.length > harmlessBytes) {
    const problem = checkJsonShape(response.body);
    if (problem) throw PlatformError.contract(call, problem);
  }
  const text = response.body.toString("utf8");
  try {
    response.json = JSON.parse(
      text.startsWith("\uFEFF") ? text.slice(1) : text,
    ) as unknown;
    return response.json;
  } catch {
    throw PlatformError.contract(
      call,
      `the answer (HTTP ${response.status}) is not JSON`,
    );
  }
}

import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { CustomerCriteria } from "../platform";
import { idOf, isObject } from "./wire";

/**
 * Why a customer is none of those that a list was to hold: a filter may have
 * been ignored, and the row itself says who it is. Whether the case of letters
 * counts in an e-mail address is the platform's matter.
 */
export function misfitOf(
  value: unknown,
  { ids, customerGroup, email }: CustomerCriteria,
  call: PlatformCall,
): PlatformError | undefined {
  // What cannot be read is told by the one who reads it.
  const id = isObject(value) ? idOf(value["id"]) : null;
  if (!isObject(value) || id === null) return undefined;
  const misfit = (problem: string) => PlatformError.contract(call, problem);
  if (ids?.includes(id) === false) {
    return misfit("asked for certain ids, it answered another one");
  }
  if (
    customerGroup !== undefined &&
    idOf(value["customer_group_id"]) !== customerGroup
  ) {
    return misfit(
      `asked for the members of group "${customerGroup}", it answered one of another group`,
    );
  }
  const own = value["email"];
  if (
    email !== undefined &&
    (typeof own !== "string" || own.toLowerCase() !== email.toLowerCase())
  ) {
    return misfit("asked for one e-mail address, it answered another one");
  }
  return undefined;
}

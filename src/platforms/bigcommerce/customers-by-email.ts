import { PlatformError } from "../../domain/errors";
import type { Batch, OperationScope } from "../platform";
import { type BigCommerceApi, maxPageSize } from "./api";
import { entities } from "./entities";
import type { EntityReader, Row } from "./reader";
import { isObject } from "./wire";

/** Addresses in one filter: some 3,000 characters of the request's address. */
export const maxEmails = 100;
/** An address belongs to one customer of a store, so a page holds them all. */
const maxPages = 4;

/**
 * Finds customers by e-mail, many addresses in one request. Keys are addresses
 * in lower case; one that nobody has is an empty list.
 */
export function createEmailBatch(
  api: BigCommerceApi,
  reader: EntityReader,
  scope: OperationScope,
): Batch<readonly Row[]> {
  const { path } = entities.customers;
  return scope.batch<readonly Row[]>({
    maxSize: maxEmails,
    get: async (emails) => {
      const byEmail = new Map<string, Row[]>(emails.map((key) => [key, []]));
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const answer = await api.list(path, [
          ["email:in", emails.join(",")],
          ["page", String(page)],
          ["limit", String(maxPageSize)],
          ...reader.parameters("customers"),
        ]);
        pages = Math.min(answer.value.pagination?.totalPages ?? 1, maxPages);
        for (const value of answer.value.data) {
          const email = isObject(value) ? value["email"] : undefined;
          // The case of letters aside, it has to be one that was asked for.
          if (typeof email !== "string") continue;
          byEmail
            .get(email.toLowerCase())
            ?.push(reader.take("customers", value, answer));
        }
      }
      return byEmail;
    },
    foreignAnswer: () =>
      PlatformError.contract(api.call(path), "it answered no such address"),
  });
}

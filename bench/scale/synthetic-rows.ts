/**
 * Rows that cost nothing to make: 100 groups with 100 customers each, the same
 * in every store.
 */
export const groupCount = 100;
export const membersPerGroup = 100;
export const customerCount = groupCount * membersPerGroup;

/** What a platform is asked for. */
export interface Question {
  /** Where the platform's API begins, without a slash at the end. */
  readonly root: string;
  /** Behind the root. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Answers as a platform would. */
export type Platform = (question: Question) => unknown;

/** Numbers from `offset` on, at most `count` and none from `end` on. */
export function range(offset: number, count: number, end: number): number[] {
  const length = Math.max(0, Math.min(count, end - offset));
  return Array.from({ length }, (_, index) => offset + index);
}

/** The rows of a page that is told by number and size. */
export function pageOf(
  number: number,
  size: number,
  first: number,
  end: number,
): number[] {
  return range(first + (number - 1) * size, size, end);
}

/** Of a customer, from 0 on. */
export function groupOf(customer: number): number {
  return Math.floor(customer / membersPerGroup);
}

/** All of one length: later rows are not larger than earlier ones. */
export function idOf(customer: number): number {
  return 100_000 + customer;
}

export function emailOf(customer: number): string {
  return `customer-${idOf(customer)}@mail.example.test`;
}

/** In whole seconds, without fractions and zone: `2024-01-01T00:00:00`. */
export function dateOf(customer: number): string {
  return new Date(Date.UTC(2024, 0, 1, 0, 0, customer))
    .toISOString()
    .slice(0, 19);
}

import type { RoomAnswer } from "../listener";

/** The media type of every answer of the API, errors too. */
export const JSON_API = "application/vnd.api+json";

/** A request that the API refuses, with the error that it answers. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = "ApiError";
  }

  /** The answer; here the status is text, unlike that of the token endpoint. */
  toAnswer(): RoomAnswer {
    const { status, code, title, detail, headers } = this;
    return {
      status,
      headers: { "content-type": JSON_API, ...headers },
      body: { errors: [{ title, detail, code, status: String(status) }] },
    };
  }
}

// Titles and details are those of Commerce Layer's documentation and recorded
// answers; where those are silent, the texts of the framework it runs on.

export const invalidToken = () =>
  new ApiError(
    401,
    "INVALID_TOKEN",
    "Invalid token",
    "The access token you provided is invalid.",
  );

export const unauthorized = () =>
  new ApiError(
    401,
    "UNAUTHORIZED",
    "Access denied",
    "You are not authorized to perform this action on the requested resource.",
  );

export const recordNotFound = () =>
  new ApiError(
    404,
    "RECORD_NOT_FOUND",
    "Record not found",
    "The requested resource was not found. Please double-check the resource id.",
  );

export const methodNotAllowed = (method: string) =>
  new ApiError(
    405,
    "METHOD_NOT_ALLOWED",
    "Method not allowed",
    `${method} is not allowed.`,
    { allow: "GET" },
  );

export const notAcceptable = (accept: string) =>
  new ApiError(
    406,
    "NOT_ACCEPTABLE",
    "Not acceptable",
    `All requests must use the '${JSON_API}' Accept without media type ` +
      `parameters. This request specified '${accept}'.`,
  );

export const tooManyRequests = () =>
  new ApiError(
    429,
    "TOO_MANY_REQUESTS",
    "Too many requests",
    "The rate limit is exceeded. Please slow down.",
  );

export const invalidField = (field: string, type: string) =>
  new ApiError(
    400,
    "INVALID_FIELD",
    "Invalid field",
    `${field} is not a valid field for ${type}.`,
  );

export const invalidFieldFormat = () =>
  new ApiError(
    400,
    "INVALID_FIELD_FORMAT",
    "Invalid field format",
    "Fields must specify a type.",
  );

export const invalidResource = (resource: string) =>
  new ApiError(
    400,
    "INVALID_RESOURCE",
    "Invalid resource",
    `${resource} is not a valid resource.`,
  );

export const invalidInclude = (relationship: string, type: string) =>
  new ApiError(
    400,
    "INVALID_INCLUDE",
    "Invalid include",
    `${relationship} is not a valid includable relationship of ${type}`,
  );

export const invalidSort = (criteria: string, type: string) =>
  new ApiError(
    400,
    "INVALID_SORT_CRITERIA",
    "Invalid sort criteria",
    `${criteria} is not a valid sort criteria for ${type}`,
  );

export const filterNotAllowed = (filter: string) =>
  new ApiError(
    400,
    "FILTER_NOT_ALLOWED",
    "Filter not allowed",
    `${filter} is not allowed.`,
  );

export const invalidFiltersSyntax = (filters: string) =>
  new ApiError(
    400,
    "INVALID_FILTERS_SYNTAX",
    "Invalid filters syntax",
    `${filters} is not a valid syntax for filtering.`,
  );

export const invalidFilterValue = (value: string, filter: string) =>
  new ApiError(
    400,
    "INVALID_FILTER_VALUE",
    "Invalid filter value",
    `${value} is not a valid value for ${filter}.`,
  );

export const invalidPageObject = () =>
  new ApiError(
    400,
    "INVALID_PAGE_OBJECT",
    "Invalid Page Object",
    "Invalid Page Object.",
  );

export const invalidPageValue = (value: string, page: string) =>
  new ApiError(
    400,
    "INVALID_PAGE_VALUE",
    "Invalid page value",
    `${value} is not a valid value for ${page} page parameter.`,
  );

export const pageSizeTooLarge = (most: number) =>
  new ApiError(
    400,
    "INVALID_PAGE_VALUE",
    "Invalid page value",
    `size exceeds maximum page size of ${most}.`,
  );

export const paramNotAllowed = (param: string) =>
  new ApiError(
    400,
    "PARAM_NOT_ALLOWED",
    "Param not allowed",
    `${param} is not allowed.`,
  );

export const pageParamNotAllowed = (param: string) =>
  new ApiError(
    400,
    "PARAM_NOT_ALLOWED",
    "Page parameter not allowed",
    `${param} is not allowed.`,
  );

import type { Query } from "./query";
import type { KnownFields } from "./response-fields";
import type { EcwidSandboxSettings } from "./settings";

/** What a route gets of a request. */
export interface RouteRequest {
  /** The number that stood in the path in place of `{id}`; 0 without one. */
  readonly id: number;
  readonly query: Query;
  readonly settings: Readonly<EcwidSandboxSettings>;
  /** In a new random order while the room is shuffled, else as they are. */
  readonly arrange: <Row>(rows: readonly Row[]) => readonly Row[];
}

/** One thing that can be read. */
export interface Route {
  /** Behind `/api/v3/{storeId}/`, with `{id}` for a number. */
  readonly path: string;
  /** Whether it is there only for shops whose plan has customer groups. */
  readonly isAboutGroups: boolean;
  /** The parameters that it has beside `responseFields`. */
  readonly parameters: readonly string[];
  /** The fields that its body can have. */
  readonly fields: KnownFields;
  /**
   * Makes the body of the answer to a GET, before `responseFields` is applied.
   *
   * @throws ApiError when the request cannot be served.
   */
  answer(request: RouteRequest): object;
}

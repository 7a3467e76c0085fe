import type { RoomAnswer, RoomHandler, RoomRequest } from "../listener";
import type { Random } from "../random";
import { anatomy } from "./anatomy";
import { toDocumentData } from "./documents";
import {
  ApiError,
  invalidToken,
  JSON_API,
  methodNotAllowed,
  notAcceptable,
  paramNotAllowed,
  recordNotFound,
  tooManyRequests,
  unauthorized,
} from "./errors";
import { typesOf } from "./includes";
import { type Parameter, toPageInfo } from "./paging";
import {
  type RecordQuery,
  toListQuery,
  toParameters,
  toRecordQuery,
} from "./query";
import { type RateLimits } from "./rate-limits";
import type { Row } from "./rows";
import { getSchema, type ResourceType } from "./schema";
import type { CommerceLayerSandboxSettings } from "./settings";
import type { Entity, Tables } from "./tables";
import { refuse, type Tokens } from "./tokens";

export interface HandlerOptions {
  readonly origin: string;
  readonly tables: Tables;
  readonly tokens: Tokens;
  readonly rateLimits: RateLimits;
  /** Read anew for each request. */
  readonly settings: Readonly<CommerceLayerSandboxSettings>;
  /** Makes the orders of a shuffled room. */
  readonly random: Random;
}

/** Answers as Commerce Layer's API and its token endpoint do. */
export class CommerceLayerHandler implements RoomHandler {
  readonly anatomy = anatomy;

  constructor(private readonly options: HandlerOptions) {}

  kindOf(_method: string, path: string): "api" | "token" {
    return path.startsWith("/oauth/") ? "token" : "api";
  }

  isAuthorized(headers: RoomRequest["headers"]): boolean {
    return this.options.tokens.isValid(headers.authorization);
  }

  answer(request: RoomRequest): RoomAnswer {
    if (request.path.startsWith("/oauth/")) return this.#answerOauth(request);
    const [, root, ...parts] = request.path.split("/").map(decode);
    const endpoint = parts[0] ?? "";
    const { rateLimits, settings } = this.options;
    const rate = rateLimits.countRequest(request.ip, request.method, endpoint);
    const answer = catching(() => {
      if (settings.rateLimited && rate.exceeded) throw tooManyRequests();
      if (!this.isAuthorized(request.headers)) throw invalidToken();
      checkAccept(request.headers.accept);
      if (root !== "api") throw recordNotFound();
      return this.#answerApi(request, parts);
    });
    return { ...answer, headers: { ...answer.headers, ...rate.headers } };
  }

  #answerOauth({ method, path, body, headers, ip }: RoomRequest): RoomAnswer {
    const { tokens, rateLimits, settings } = this.options;
    const isToken = path === "/oauth/token";
    if (!isToken && path !== "/oauth/revoke")
      return refuse(404, "not_found", "NOT_FOUND", `There is no ${path}.`);
    if (method !== "POST")
      return refuse(
        405,
        "method_not_allowed",
        "METHOD_NOT_ALLOWED",
        `${method} is not allowed.`,
      );
    const rate = rateLimits.countTokenRequest(ip);
    if (settings.rateLimited && rate.exceeded)
      return refuse(
        429,
        "too_many_requests",
        "TOO_MANY_REQUESTS",
        "The rate limit is exceeded. Please slow down.",
      );
    return isToken
      ? tokens.answerToken(body, headers["content-type"])
      : tokens.answerRevoke(body, headers["content-type"]);
  }

  #answerApi({ method, path, query }: RoomRequest, parts: string[]) {
    const { settings, tables } = this.options;
    const schema = getSchema(settings.age);
    const [typeName, id, name, ...more] = parts;
    const type = schema.get(typeName ?? "");
    if (!type || more.length > 0) throw recordNotFound();
    const relationship = type.relationships.get(name ?? "");
    if (name !== undefined && !relationship) throw recordNotFound();
    if (method !== "GET") throw methodNotAllowed(method);
    this.#allow([type.name]);
    const parameters = toParameters(query);
    if (id === undefined)
      return this.#answerList(path, type, parameters, undefined);

    const row = tables.find(type.name, id);
    if (!relationship) {
      const asked = toRecordQuery(parameters, type, schema);
      if (!row) throw recordNotFound();
      return this.#answerRecord({ type: type.name, row }, type, asked);
    }
    if (!row) throw recordNotFound();
    const owner = { type: type.name, row };
    const related = tables.related(owner, relationship);
    // Nothing is kept of these types, but their addresses answer.
    const target = schema.get(relationship.target ?? related[0]?.type ?? "");
    if (target) this.#allow([target.name]);
    if (relationship.many) {
      if (target)
        return this.#answerList(
          path,
          target,
          parameters,
          related.map(({ row }) => row),
        );
      if (name === "event_stores") return answerEventStores(parameters);
      return this.#answerEmptyList(path, parameters);
    }
    const [one] = related;
    if (!one || !target) return ok({ data: null });
    const asked = toRecordQuery(parameters, target, schema);
    return this.#answerRecord(one, target, asked);
  }

  #answerList(
    path: string,
    type: ResourceType,
    parameters: readonly Parameter[],
    owned: readonly Row[] | undefined,
  ): RoomAnswer {
    const { origin, settings, tables } = this.options;
    const schema = getSchema(settings.age);
    const asked = toListQuery(parameters, type, schema, tables);
    const candidates = owned ?? asked.filter.narrow() ?? tables.all(type.name);
    const found = candidates.filter((row) => asked.filter.passes(row));
    const ordered = asked.sort ? asked.sort(found) : this.#arrange(found);
    const { number, size } = asked.page;
    const page = ordered.slice((number - 1) * size, number * size);
    const { data, included } = this.#toDocumentData(
      page.map((row) => ({ type: type.name, row })),
      type,
      asked,
    );
    return ok({
      data,
      ...(included ? { included } : {}),
      ...toPageInfo(`${origin}${path}`, parameters, asked.page, found.length),
    });
  }

  #answerEmptyList(path: string, parameters: readonly Parameter[]): RoomAnswer {
    const url = `${this.options.origin}${path}`;
    return ok({
      data: [],
      ...toPageInfo(url, parameters, { number: 1, size: 10 }, 0),
    });
  }

  #answerRecord(entity: Entity, type: ResourceType, asked: RecordQuery) {
    const { data, included } = this.#toDocumentData([entity], type, asked);
    return ok({ data: data[0], ...(included ? { included } : {}) });
  }

  #toDocumentData(
    primary: readonly Entity[],
    type: ResourceType,
    { fields, include }: RecordQuery,
  ) {
    const { origin, settings, tables } = this.options;
    this.#allow(typesOf(include, type, getSchema(settings.age)));
    return toDocumentData(primary, tables, {
      origin,
      age: settings.age,
      fields,
      include,
      arrange: (items) => this.#arrange(items),
    });
  }

  #arrange<T>(items: readonly T[]): readonly T[] {
    const { settings, random } = this.options;
    return settings.shuffled ? random.shuffle(items) : items;
  }

  #allow(types: readonly string[]): void {
    const denied: readonly string[] = this.options.settings.denied;
    if (types.some((type) => denied.includes(type))) throw unauthorized();
  }
}

function ok(body: object): RoomAnswer {
  return { status: 200, headers: { "content-type": JSON_API }, body };
}

function catching(answer: () => RoomAnswer): RoomAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ApiError) return error.toAnswer();
    throw error;
  }
}

// Their pages are read by a cursor and have no counts (Commerce Layer docs,
// event stores).
function answerEventStores(parameters: readonly Parameter[]): RoomAnswer {
  for (const { name, keys } of parameters)
    if (
      name !== "fields" &&
      !(name === "page" && /^(after|size)$/.test(keys[0] ?? ""))
    )
      throw paramNotAllowed(name);
  return ok({ data: [], links: {} });
}

function checkAccept(accept: string | undefined): void {
  if (accept === undefined) return;
  const isAccepted = accept
    .split(",")
    .some((one) =>
      /^\s*(application\/vnd\.api\+json|\*\/\*)\s*(;\s*q=[\d.]+\s*)?$/i.test(
        one,
      ),
    );
  if (!isAccepted) throw notAcceptable(accept);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No record has such an id.
    return part;
  }
}

import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { ReadContent, UpstreamResponse } from "../../http/exchange";
import {
  type Read,
  type ReadScope,
  createOperationReads,
} from "../../http/operation-reads";
import { readJson } from "../../http/read-json";
import type { UpstreamClient } from "../../http/upstream-client";
import { type ReadPlan, type UnknownNames, toQuery, writeQuery } from "./plan";
import { waitAfterRefusalMs } from "../../http/quota/retry-after";
import { mayLack, resources } from "./resources";
import {
  type CollectionDocument,
  type ResourceDocument,
  type ResourceType,
  errorCodesOf,
  narrowCollectionDocument,
  narrowResourceDocument,
  unknownNamesIn,
} from "./wire";

/** Rows on a page at the most; a larger size is answered with 400. */
export const maxPageSize = 25;

/** A query parameter, not yet encoded. */
export type Parameter = readonly [name: string, value: string];

const hourMs = 3_600_000;

/**
 * What a store remembers of its API, for an hour: names that it answered it
 * does not know.
 */
export class LearnedNames implements UnknownNames {
  readonly #until = new Map<string, number>();

  /** @param now the monotonic clock, in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get isEmpty(): boolean {
    return this.#until.size === 0;
  }

  has(type: ResourceType, name: string): boolean {
    const until = this.#until.get(`${type}.${name}`);
    return until !== undefined && this.now() < until;
  }

  /**
   * Learns which names an API of an earlier age does not know. A refusal of one
   * that every age has is no news of its age, but an error.
   *
   * @param plan what was asked for: nothing else can be learned.
   * @returns whether something new was learned.
   */
  learn(
    names: readonly { type: string; name: string }[],
    plan: ReadPlan,
  ): boolean {
    const news = names.filter(({ type, name }) => {
      const asked = plan.types.get(type as ResourceType)?.names.has(name);
      return asked && mayLack(type as ResourceType, name);
    });
    for (const { type, name } of news) {
      this.#until.set(`${type}.${name}`, this.now() + hourMs);
    }
    return news.length > 0;
  }
}

export interface ApiSetup {
  readonly client: UpstreamClient;
  /** The API's own address, as {@link apiRootOf} makes it. */
  readonly root: URL;
  readonly store: string;
  readonly platform: string;
  readonly learned: LearnedNames;
}

/** Where the API of an account is, by the account's address. */
export function apiRootOf(baseUrl: URL): URL {
  return new URL(`${baseUrl.pathname.replace(/\/+$/, "")}/api/`, baseUrl);
}

/** Where a document was asked for, and what it answered. */
export interface Answer<Document> {
  readonly document: Document;
  readonly plan: ReadPlan;
  readonly call: PlatformCall;
}

/** A `related` link as a document carries it, and whose it says it is. */
export interface RelatedLink {
  readonly type: ResourceType;
  readonly id: string;
  /** The relationship's name in the document. */
  readonly name: string;
  readonly link: unknown;
}

/**
 * The API's reads, within one operation. An equal read is sent once. Plans are
 * functions, since what an API turns out not to know changes them.
 */
export class CommerceLayerApi {
  readonly #setup: ApiSetup;
  readonly #root: URL;
  readonly #reads: Read;

  constructor(setup: ApiSetup, scope: ReadScope) {
    this.#setup = setup;
    this.#reads = createOperationReads(setup.client.send, scope);
    this.#root = setup.root;
  }

  /** Says what is asked for, for errors. */
  call(operation: string): PlatformCall {
    const { store, platform } = this.#setup;
    return { store, platform, operation };
  }

  /** @returns `null` when there is no such resource. */
  async retrieve(
    type: ResourceType,
    id: string,
    plan: () => ReadPlan,
  ): Promise<Answer<ResourceDocument> | null> {
    return this.#read(
      this.call(`GET /api/${type}/{id}`),
      type,
      `${this.#root.href}${type}/${encodeURIComponent(id)}`,
      plan,
      [],
      narrowResourceDocument,
    );
  }

  /** @throws PlatformError also when the type is not there at all. */
  async list(
    type: ResourceType,
    plan: () => ReadPlan,
    parameters: readonly Parameter[],
  ): Promise<Answer<CollectionDocument>> {
    const call = this.call(`GET /api/${type}`);
    const answer = await this.#read(
      call,
      type,
      this.#root.href + type,
      plan,
      parameters,
      narrowCollectionDocument,
    );
    if (!answer) {
      throw PlatformError.contract(
        call,
        "the API does not know this list (HTTP 404); check baseUrl",
      );
    }
    return answer;
  }

  /**
   * Follows a to-many `related` link.
   *
   * @returns `null` when its owner is gone.
   */
  async relatedList(
    link: RelatedLink,
    plan: () => ReadPlan,
    parameters: readonly Parameter[],
  ): Promise<Answer<CollectionDocument> | null> {
    const call = this.#callOf(link);
    return this.#read(
      call,
      link.type,
      this.#resolve(link, call).href,
      plan,
      parameters,
      narrowCollectionDocument,
    );
  }

  /** Follows a to-one `related` link; its document's `data` may be `null`. */
  async relatedOne(
    link: RelatedLink,
    plan: () => ReadPlan,
  ): Promise<Answer<ResourceDocument> | null> {
    const call = this.#callOf(link);
    return this.#read(
      call,
      link.type,
      this.#resolve(link, call).href,
      plan,
      [],
      narrowResourceDocument,
    );
  }

  #callOf({ type, name }: RelatedLink): PlatformCall {
    return this.call(`GET /api/${type}/{id}/${name}`);
  }

  /**
   * Decides whether a link of a document may be followed: an absolute address
   * on the store's own origin that is this very relationship of this very
   * resource. It would be sent our credential, and what it answers is shown as
   * its owner's, so nothing else will do. Its query is dropped: ours replaces
   * it.
   *
   * @throws PlatformError `PLATFORM_CONTRACT` when it may not.
   */
  #resolve({ type, id, name, link }: RelatedLink, call: PlatformCall): URL {
    const refuse = () =>
      PlatformError.contract(
        call,
        "the document carries a link that leads elsewhere than to its own relationship; it is not followed",
      );
    if (typeof link !== "string" || !/^https?:\/\/[^\s\\]+$/i.test(link)) {
      throw refuse();
    }
    if (!URL.canParse(link)) throw refuse();
    const url = new URL(link);
    const expected = new URL(
      `${type}/${encodeURIComponent(id)}/${name}`,
      this.#root,
    );
    if (
      url.origin !== expected.origin ||
      url.username !== "" ||
      url.password !== "" ||
      url.pathname !== expected.pathname
    ) {
      throw refuse();
    }
    return expected;
  }

  async #read<Document>(
    call: PlatformCall,
    asked: ResourceType,
    address: string,
    planOf: () => ReadPlan,
    parameters: readonly Parameter[],
    narrow: (json: unknown, call: PlatformCall) => Document,
  ): Promise<Answer<Document> | null> {
    for (;;) {
      const plan = planOf();
      const query = [writeQuery(parameters), toQuery(plan)].filter(Boolean);
      const url = new URL(`${address}?${query.join("&")}`);
      const response = await this.#send(url, call, contentOf(asked, plan));
      if (response.status === 200) {
        return { document: narrow(readJson(response, call), call), plan, call };
      }
      if (response.status === 404) return null;
      // An API of an earlier age refuses names that came later: it is asked
      // again without them, here and from now on.
      if (
        response.status === 400 &&
        this.#setup.learned.learn(unknownNamesIn(response.body), plan)
      ) {
        continue;
      }
      throw toError(response, call);
    }
  }

  #send(
    url: URL,
    call: PlatformCall,
    holds: ReadContent,
  ): Promise<UpstreamResponse> {
    const headers = { accept: "application/vnd.api+json" };
    return this.#reads(url, headers, call, holds);
  }
}

/**
 * What the documents of a read tell of: whose rows or links are asked for, and
 * every type that comes with them.
 */
function contentOf(asked: ResourceType, { types }: ReadPlan): ReadContent {
  return [asked, ...types.keys()].every(
    (type) => resources[type].scope === "read:groups",
  )
    ? "groups"
    : "customers";
}

function toError(
  response: UpstreamResponse,
  call: PlatformCall,
): PlatformError {
  const { status } = response;
  const codes = errorCodesOf(response.body);
  const answered = `it answered HTTP ${[status, ...codes].join(" ")}`;
  if (status === 401 || status === 403) {
    return codes.includes("INVALID_TOKEN")
      ? PlatformError.denied(
          call,
          `${answered}: the access token is not valid; check the store's credentials`,
        )
      : PlatformError.denied(
          call,
          `${answered}: the credential may not read this; it takes an integration whose role reads customers and customer groups, such as read_only`,
          "integration: read_only",
        );
  }
  if (status === 429) {
    return PlatformError.throttled(
      call,
      `${answered}: the quota is used up`,
      waitAfterRefusalMs(response),
    );
  }
  if (status >= 500) return PlatformError.unavailable(call, answered);
  return PlatformError.contract(
    call,
    `${answered}: it does not take a request that its documentation allows`,
  );
}

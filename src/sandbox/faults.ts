import type { JsonValue } from "./json";
import type { RequestKind } from "./journal";

/** Which requests a fault is for; what is left out does not matter. */
export interface FaultCondition {
  /** Upper case, e.g. `GET`. */
  readonly method?: string;
  /** The whole path without the query, or a pattern that it matches. */
  readonly path?: string | RegExp;
  /** Decoded parameters that the request has with just these values. */
  readonly query?: Readonly<Record<string, string>>;
  readonly kind?: RequestKind;
}

/** Answers this instead of the room; `body` may be any JSON value. */
export interface StatusFault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue | Buffer;
}
/** Points to another address. */
export interface RedirectFault {
  readonly redirect: { readonly status: number; readonly location: string };
}
/** Takes the request and never answers. */
export interface HangFault {
  readonly hang: true;
}
/** Resets the connection. */
export interface ResetFault {
  readonly reset: "before-headers" | "mid-body";
}
/** Waits this long before it answers. */
export interface DelayFault {
  readonly delayMs: number;
}
/** Ends the connection after half of the body that the headers promised. */
export interface TruncateFault {
  readonly truncate: true;
}
/** Sends the body in small pieces. */
export interface DripFault {
  readonly drip: { readonly bytes: number; readonly everyMs: number };
}
/** Changes the JSON of the honest answer; gets a copy, returns the new body. */
export interface TransformFault {
  transform(body: unknown): unknown;
}

/** One thing that the server can do wrong. */
export type FaultAction =
  | StatusFault
  | RedirectFault
  | HangFault
  | ResetFault
  | DelayFault
  | TruncateFault
  | DripFault
  | TransformFault;

/** A fault: when, how often and what. */
export type Fault = FaultAction & {
  /** Default: every request but those of the control API. */
  readonly when?: FaultCondition;
  /** How many requests it spoils. Default: all, until it is removed. */
  readonly times?: number;
  /** How many matching requests it lets pass first. Default 0. */
  readonly after?: number;
};

/** A fault that was added. */
export interface FaultHandle {
  readonly id: number;
  /** How many requests it has spoilt so far. */
  readonly used: number;
  /** Ends it; does nothing when it is over. */
  remove(): void;
}

/** What a request is matched by. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly kind: RequestKind;
}

/** The faults of one request, at most one of each stage but the changes. */
export interface FaultPlan {
  readonly delay: DelayFault | undefined;
  /** Answers in place of the room. */
  readonly answer:
    | StatusFault
    | RedirectFault
    | HangFault
    | (ResetFault & { readonly reset: "before-headers" })
    | undefined;
  readonly changes: readonly TransformFault[];
  /** Spoils the way of the body. */
  readonly delivery: TruncateFault | DripFault | ResetFault | undefined;
}

type Stage = "delay" | "answer" | "change" | "delivery";

interface Kept {
  readonly id: number;
  readonly fault: Fault;
  passed: number;
  used: number;
}

/**
 * What a server was told to do wrong. A request meets at most one fault of
 * each stage (delay, answer, delivery), the oldest that is not used up, and
 * every `transform` that matches. So two `status` faults with `times: 1`
 * spoil two requests, one after the other.
 */
export class Faults {
  #kept: Kept[] = [];
  #lastId = 0;

  /**
   * Adds a fault behind those that exist.
   *
   * @throws RangeError when a count, a delay or a status makes no sense.
   */
  add(fault: Fault): FaultHandle {
    check(fault);
    const kept: Kept = { id: ++this.#lastId, fault, passed: 0, used: 0 };
    this.#kept.push(kept);
    return {
      id: kept.id,
      get used() {
        return kept.used;
      },
      remove: () => this.remove(kept.id),
    };
  }

  /** Ends one fault; false when there is none of that number. */
  remove(id: number): boolean {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter((kept) => kept.id !== id);
    return this.#kept.length < before;
  }

  /** Ends all faults. */
  clear(): void {
    this.#kept = [];
  }

  /** The faults that are not used up, oldest first. */
  list(): readonly { id: number; used: number; fault: Fault }[] {
    return this.#kept
      .filter(isAlive)
      .map(({ id, used, fault }) => ({ id, used, fault }));
  }

  /** Takes the faults for a request and counts it; called by the server. */
  plan(subject: FaultSubject): FaultPlan {
    const taken = new Map<Stage, FaultAction>();
    const changes: TransformFault[] = [];
    for (const kept of this.#kept) {
      const stage = stageOf(kept.fault);
      if (taken.has(stage) || !isAlive(kept)) continue;
      if (!matches(kept.fault.when ?? {}, subject)) continue;
      if (kept.passed < (kept.fault.after ?? 0)) {
        kept.passed++;
        continue;
      }
      kept.used++;
      if ("transform" in kept.fault) changes.push(kept.fault);
      else taken.set(stage, kept.fault);
    }
    this.#kept = this.#kept.filter(isAlive);
    return {
      delay: taken.get("delay") as FaultPlan["delay"],
      answer: taken.get("answer") as FaultPlan["answer"],
      changes,
      delivery: taken.get("delivery") as FaultPlan["delivery"],
    };
  }
}

function stageOf(action: FaultAction): Stage {
  if ("delayMs" in action) return "delay";
  if ("transform" in action) return "change";
  if ("truncate" in action || "drip" in action) return "delivery";
  if ("reset" in action && action.reset === "mid-body") return "delivery";
  return "answer";
}

function isAlive({ fault, used }: Kept): boolean {
  return used < (fault.times ?? Infinity);
}

function matches(when: FaultCondition, subject: FaultSubject): boolean {
  if (when.method !== undefined && when.method !== subject.method) return false;
  if (when.kind !== undefined && when.kind !== subject.kind) return false;
  if (typeof when.path === "string" && when.path !== subject.path) return false;
  // A pattern with the flag `g` keeps a position that has to be ignored here.
  if (when.path instanceof RegExp && subject.path.search(when.path) < 0)
    return false;
  return Object.entries(when.query ?? {}).every(([name, value]) =>
    subject.query.some(([n, v]) => n === name && v === value),
  );
}

function check(fault: Fault): void {
  const whole = (name: string, value: number | undefined, least: number) => {
    if (value !== undefined && !(Number.isInteger(value) && value >= least))
      throw new RangeError(`${name} must be a whole number, at least ${least}`);
  };
  whole("times", fault.times, 1);
  whole("after", fault.after, 0);
  if ("status" in fault) whole("status", fault.status, 200);
  if ("delayMs" in fault) whole("delayMs", fault.delayMs, 0);
  if ("drip" in fault) {
    whole("drip.bytes", fault.drip.bytes, 1);
    whole("drip.everyMs", fault.drip.everyMs, 0);
  }
  if ("redirect" in fault) whole("redirect.status", fault.redirect.status, 300);
}

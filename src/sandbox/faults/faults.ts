import { Random } from "../random";
import type { AnswerFault } from "./answer";
import type { BodyFault } from "./body";
import type { CodingFault } from "./coding";
import {
  type FaultLimits,
  type FaultSubject,
  createMatcher,
} from "./condition";
import { type DelayFault, toDelayMs } from "./delay";
import type { DeliveryFault } from "./delivery";
import {
  type ChangeFault,
  type Fault,
  checkFault,
  needsAnatomy,
  stageOf,
} from "./fault";
import type { HeadersFault } from "./headers";
import type { QuestionFault } from "./question";
import type { Stage } from "./schema";

/** A fault that was added. */
export interface FaultHandle {
  /** From 1; the journal names faults by it. */
  readonly id: number;
  /** How many requests it has spoilt so far; 0 for one of the connection. */
  readonly hits: number;
  /** Ends it; does nothing when it is over. */
  remove(): void;
}

/** A fault that is not over. */
export interface ListedFault {
  readonly id: number;
  readonly hits: number;
  readonly fault: Fault;
}

/** The faults of one request, at most one where there is no list. */
export interface FaultPlan {
  /** All of them, by their ids. */
  readonly ids: readonly number[];
  readonly delayMs: number;
  readonly questions: readonly QuestionFault[];
  /** Answers in place of the room. */
  readonly answer: AnswerFault | undefined;
  readonly changes: readonly {
    readonly fault: ChangeFault;
    /** Its own for each request. */
    readonly random: Random;
  }[];
  readonly body: BodyFault | undefined;
  readonly coding: CodingFault | undefined;
  readonly headers: readonly HeadersFault[];
  readonly delivery: DeliveryFault | undefined;
}

/** How a port stands to those who connect. */
export type PortState = "open" | "refusing" | "black hole";

/** The port that faults of the connection govern. */
export interface GovernedPort {
  /** Begins to bring the port into a state. */
  set(state: PortState): void;
  /** Resolves when the port is in the state that was set last. */
  settled(): Promise<void>;
}

export interface FaultsOptions {
  /** Whether the room tells its anatomy. */
  readonly hasAnatomy: boolean;
  readonly port: GovernedPort;
}

/** The stages of which every fault that matches counts. */
const SHARED: readonly Stage[] = ["question", "change", "headers"];

interface Kept {
  readonly id: number;
  readonly fault: Fault;
  readonly limits: FaultLimits;
  readonly stage: Stage;
  readonly matches: (subject: FaultSubject) => boolean;
  readonly random: Random;
  readonly endsAt: number;
  /** When requests came, as far as a rate needs it. */
  arrivals: number[];
  passed: number;
  hits: number;
}

/**
 * What a server was told to do wrong. A request meets at most one fault of the
 * stages delay, answer, body, coding and delivery, the oldest that is not used
 * up, and all of the others that match. So two `status` faults with `times: 1`
 * spoil two requests, one after the other.
 */
export class Faults {
  #kept: Kept[] = [];
  #lastId = 0;

  constructor(private readonly options: FaultsOptions) {}

  /**
   * Adds a fault behind those that exist. It counts from the next request on;
   * for one of the connection see {@link settled}.
   *
   * @throws RangeError when it makes no sense, or goes by rows, totals or pages
   *   and the room does not tell where those are.
   */
  add(input: Fault): FaultHandle {
    const fault = checkFault(input);
    if (needsAnatomy(fault) && !this.options.hasAnatomy)
      throw new RangeError("this room does not say where its rows are");
    const limits: FaultLimits = fault;
    const id = ++this.#lastId;
    const kept: Kept = {
      id,
      fault,
      limits,
      stage: stageOf(fault),
      matches: createMatcher(limits.when),
      random: new Random(limits.seed ?? 1, "probability"),
      endsAt: performance.now() + (limits.forMs ?? Infinity),
      arrivals: [],
      passed: 0,
      hits: 0,
    };
    this.#kept.push(kept);
    if (kept.stage === "connection") {
      this.#govern();
      if (limits.forMs !== undefined)
        setTimeout(() => this.remove(id), limits.forMs).unref();
    }
    return {
      id,
      get hits() {
        return kept.hits;
      },
      remove: () => void this.remove(id),
    };
  }

  /** Ends one fault; false when there is none of that id. */
  remove(id: number): boolean {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter((kept) => kept.id !== id);
    this.#govern();
    return this.#kept.length < before;
  }

  /** Ends all faults. */
  clear(): void {
    this.#kept = [];
    this.#govern();
  }

  /** The faults that are not over, oldest first. */
  list(): readonly ListedFault[] {
    this.#forgetEnded();
    return this.#kept.map(({ id, hits, fault }) => ({ id, hits, fault }));
  }

  /**
   * Resolves when the faults of the connection that were added and removed so
   * far have their effect.
   *
   * @throws when the port could not be opened again.
   */
  settled(): Promise<void> {
    return this.options.port.settled();
  }

  /** Takes the faults for a request and counts it; called by the server. */
  plan(subject: FaultSubject): FaultPlan {
    this.#forgetEnded();
    const taken: Kept[] = [];
    for (const kept of this.#kept) {
      const isTaken =
        !SHARED.includes(kept.stage) &&
        taken.some(({ stage }) => stage === kept.stage);
      if (kept.stage === "connection" || isTaken) continue;
      if (!kept.matches(subject) || !isDue(kept)) continue;
      kept.hits++;
      taken.push(kept);
    }
    this.#forgetEnded();
    const one = <F>(wanted: Stage) =>
      taken.find(({ stage }) => stage === wanted)?.fault as F | undefined;
    const all = <F>(wanted: Stage) =>
      taken.flatMap(({ stage, fault }) =>
        stage === wanted ? [fault as F] : [],
      );
    const delay = taken.find(({ stage }) => stage === "delay");
    return {
      ids: taken.map(({ id }) => id),
      delayMs: delay
        ? toDelayMs(delay.fault as DelayFault, randomOf(delay))
        : 0,
      questions: all("question"),
      answer: one("answer"),
      changes: taken
        .filter(({ stage }) => stage === "change")
        .map((kept) => ({
          fault: kept.fault as ChangeFault,
          random: randomOf(kept),
        })),
      body: one("body"),
      coding: one("coding"),
      headers: all("headers"),
      delivery: one("delivery"),
    };
  }

  #forgetEnded(): void {
    const now = performance.now();
    this.#kept = this.#kept.filter(
      ({ limits, hits, endsAt }) =>
        hits < (limits.times ?? Infinity) && now < endsAt,
    );
  }

  #govern(): void {
    const fault = this.#kept.find(({ stage }) => stage === "connection")?.fault;
    this.options.port.set(
      fault === undefined
        ? "open"
        : "refuse" in fault
          ? "refusing"
          : "black hole",
    );
  }
}

/** Counts a matching request, and says whether it is to be spoilt. */
function isDue(kept: Kept): boolean {
  const { after = 0, above, probability } = kept.limits;
  if (kept.passed < after) {
    kept.passed++;
    return false;
  }
  if (above && !exceeds(kept, above)) return false;
  return probability === undefined || kept.random.chance(probability);
}

// Spoilt requests do not count, so that as many pass as may.
function exceeds(
  kept: Kept,
  { requests, perMs }: NonNullable<FaultLimits["above"]>,
): boolean {
  const now = performance.now();
  kept.arrivals = kept.arrivals.filter((at) => at > now - perMs);
  if (kept.arrivals.length >= requests) return true;
  kept.arrivals.push(now);
  return false;
}

function randomOf({ limits, hits }: Kept): Random {
  return new Random(limits.seed ?? 1, `request ${hits}`);
}

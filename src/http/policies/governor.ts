import { PlatformError } from "../../domain/errors";
import type { Policy, UpstreamRequest, UpstreamResponse } from "../exchange";
import type { AccountQuota, Lane } from "../quota/account-quota";
import { Denial } from "../quota/denial";
import { FairQueue, type Waiting } from "../quota/fair-queue";
import {
  type WaitingPlaces,
  createWaitingPlaces,
} from "../quota/waiting-places";
import { TransportFailure } from "../transport-failure";

export interface GovernorOptions {
  readonly quota: AccountQuota;
  /** Requests under way at the most. */
  readonly concurrent: number;
  /**
   * Requests that may wait; when so many do, an operation that waits already
   * is refused one more at once.
   */
  readonly queued: number;
  /** Where operations wait for all stores; default: places for a hundred here. */
  readonly places?: WaitingPlaces;
  /**
   * Whether the platform's limits are kept from the start, or only once it has
   * refused a request for its rate. Default `always`.
   */
  readonly enforce?: "always" | "afterRefusal";
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** Decides when a store's requests may be sent. */
export interface Governor {
  /**
   * Sends a request in its turn: as soon as the concurrency and the quota
   * allow, operation by operation in rotation.
   *
   * @throws PlatformError `PLATFORM_THROTTLED` at once when the turn would come
   *   after the operation's deadline, or too many wait already;
   *   `PLATFORM_DENIED` while our credential is known to be refused.
   */
  readonly policy: Policy;
  /** Counts a request that is sent a second time within its turn. */
  countRepeat(request: UpstreamRequest): void;
  /** How long one more request of this kind would wait for quota, in milliseconds. */
  quotaWaitMs(request: UpstreamRequest): number;
  /** How much longer nothing is sent after a refusal; 0 when there is none. */
  readonly pausedMs: number;
  /** Whether the platform has refused our credential, and is left alone for it. */
  readonly isDenied: boolean;
  readonly running: number;
  readonly waiting: number;
}

interface Waiter extends Waiting {
  readonly request: UpstreamRequest;
  readonly start: () => void;
  readonly fail: (error: Error) => void;
}

/** A turn that is taken: how it is told that it is over. */
interface Turn {
  readonly end: (response: UpstreamResponse | undefined) => void;
}

/** A store for which nothing was sent for so long does not get on. */
const stuckMs = 500;
/** Operations that wait for a store that is alone. */
const defaultPlaces = 100;
/** A platform that is slower than this leaves no time to be planned with. */
const mostUsualMs = 1_000;

export function createGovernor(options: GovernorOptions): Governor {
  const { quota, concurrent, queued } = options;
  const now = options.now ?? (() => performance.now());
  const queue = new FairQueue<Waiter>();
  const places = options.places ?? createWaitingPlaces(defaultPlaces);
  const denial = new Denial(now);
  let running = 0;
  let lastStartedAt = -Infinity;
  /** How long an answer takes of late. */
  let usualMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const isEnforced = () =>
    options.enforce !== "afterRefusal" || quota.pause.hasThrottled;

  /** When a lane lets the first of those that wait in it pass. */
  const freeAt = (lane: Lane): number => {
    let at = now();
    if (!isEnforced()) return at;
    for (const limit of lane.limits) at = Math.max(at, limit.freeAt(0));
    return at;
  };

  const isFree = (lane: Lane) => freeAt(lane) <= now();

  const mostRunning = () =>
    denial.isResuming ? 1 : Math.min(concurrent, quota.pause.mostAtATime);

  /** Until when nothing is sent; in the past when there is no refusal. */
  const pausedUntil = (): number =>
    Math.max(denial.current()?.until ?? 0, quota.pause.current()?.until ?? 0);

  const mayStart = () => running < mostRunning() && pausedUntil() <= now();

  /** When a request would be sent if nothing but quota held it up. */
  const startOf = (operation: object, lane: Lane): number => {
    const earliest = Math.max(now(), pausedUntil());
    if (!isEnforced()) return earliest;
    return Math.max(
      earliest,
      ...lane.limits.map((limit) =>
        limit.freeAt(queue.ahead(operation, limit)),
      ),
    );
  };

  const take = (lane: Lane, request: UpstreamRequest): Turn => {
    running += 1;
    const taken = lane.limits.map((limit) => limit.take());
    const startedAt = now();
    lastStartedAt = startedAt;
    return {
      end: (response) => {
        const underWay = running;
        running -= 1;
        for (const leave of taken) leave();
        if (response) {
          usualMs += (now() - startedAt - usualMs) / 10;
          heed(response, request, underWay);
        } else if (!request.signal.aborted) {
          quota.pause.settle();
          denial.settle();
        }
        dispatch();
      },
    };
  };

  const heed = (
    response: UpstreamResponse,
    request: UpstreamRequest,
    underWay: number,
  ) => {
    const verdict = quota.read(response, request);
    switch (verdict.kind) {
      case "throttled":
        quota.pause.throttle(verdict.waitMs, underWay);
        response.retryAfterMs = Math.max(1, Math.ceil(pausedUntil() - now()));
        break;
      case "refused":
        denial.refuse(verdict.problem);
        break;
      default:
        quota.pause.settle();
        denial.settle();
    }
  };

  const refusal = (
    request: UpstreamRequest,
    startsAt: number,
  ): PlatformError => {
    const denied = denial.current();
    if (denied) {
      const seconds = Math.ceil((denied.until - now()) / 1_000);
      return PlatformError.denied(
        request.call,
        `the platform refused our credential; nothing is sent for ${seconds} s; ${denied.problem}`,
      );
    }
    const waitMs = Math.max(1, Math.ceil(startsAt - now()));
    const seconds = Math.ceil(waitMs / 1_000);
    return PlatformError.throttled(
      request.call,
      quota.pause.current()
        ? `the platform refused a request for its rate (HTTP 429); nothing is sent for ${seconds} s`
        : `the platform's quota is used up for ${seconds} s, longer than the operation may last`,
      waitMs,
    );
  };

  /** Whether a wait until then leaves the operation time for an answer. */
  const fits = (request: UpstreamRequest, startsAt: number) =>
    startsAt <= now() ||
    startsAt + Math.min(usualMs, mostUsualMs) <
      (request.deadlineAt ?? Infinity);

  const dispatch = () => {
    if (queue.size === 0) return;
    const free = new Map<Lane, boolean>();
    const isFreeNow = (lane: Lane) => {
      let known = free.get(lane);
      if (known === undefined) free.set(lane, (known = isFree(lane)));
      return known;
    };
    while (mayStart()) {
      const waiter = queue.next(isFreeNow);
      if (!waiter) break;
      waiter.start();
      // Lanes may have limits in common.
      if (isEnforced()) free.clear();
    }
    giveUp();
    places.note(queue, queue.operations);
    arm();
  };

  /** Ends the wait of those who would be sent too late, however the rest goes. */
  const giveUp = () => {
    const isDenied = denial.current() !== undefined;
    const earliest = new Map<Lane, number>();
    for (const lane of queue.lanes()) {
      const startsAt = Math.max(freeAt(lane), pausedUntil());
      if (startsAt > now()) earliest.set(lane, startsAt);
    }
    if (earliest.size === 0) return;
    for (const waiter of [...queue.items()]) {
      const startsAt = earliest.get(waiter.lane) ?? 0;
      if (isDenied || !fits(waiter.request, startsAt)) {
        queue.remove(waiter);
        waiter.fail(refusal(waiter.request, startsAt));
      }
    }
  };

  /** Comes back when quota is free again; answers come back by themselves. */
  const arm = () => {
    clearTimeout(timer);
    timer = undefined;
    if (queue.size === 0 || running >= mostRunning()) return;
    const next = Math.max(
      pausedUntil(),
      Math.min(...[...queue.lanes()].map((lane) => freeAt(lane))),
    );
    // Quota may have become free since it was looked for just now.
    const waitMs = Math.min(Math.max(1, Math.ceil(next - now())), 60_000);
    timer = setTimeout(dispatch, waitMs);
    timer.unref();
  };

  const wait = (
    request: UpstreamRequest,
    operation: object,
    lane: Lane,
  ): Promise<Turn> => {
    const startsAt = startOf(operation, lane);
    if (denial.current() || !fits(request, startsAt)) {
      throw refusal(request, startsAt);
    }
    // Whoever has nothing there yet may wait, however much others asked for.
    if (queue.holds(operation) && queue.size >= queued) {
      throw tooMany(request, `${queued} requests`);
    }
    const isStuck = now() - lastStartedAt > stuckMs;
    if (!queue.holds(operation) && !places.hasRoom(queue, isStuck)) {
      throw tooMany(request, `${queue.operations} operations`);
    }
    const queuedAt = now();
    const waitsForQuota = startsAt > queuedAt;
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.remove(waiter);
        places.note(queue, queue.operations);
        const free = startOf(operation, lane);
        reject(
          endOf(request, waitsForQuota ? Math.max(free, now() + 1) : free),
        );
      };
      const settled = () => {
        request.signal.removeEventListener("abort", leave);
        const account = request.ledger?.account(request.call.store);
        if (account) account.waitedMs += now() - queuedAt;
      };
      const waiter: Waiter = {
        request,
        operation,
        lane,
        start: () => {
          settled();
          resolve(take(lane, request));
        },
        fail: (error) => {
          settled();
          reject(error);
        },
      };
      queue.add(waiter);
      places.note(queue, queue.operations);
      request.signal.addEventListener("abort", leave, { once: true });
      dispatch();
    });
  };

  /** Why a wait ended together with its operation. */
  const endOf = (request: UpstreamRequest, startsAt: number): Error => {
    const { reason } = request.signal as { reason: unknown };
    if (!(reason instanceof TransportFailure)) {
      return new TransportFailure(
        "cancelled",
        "the operation ended before its turn",
      );
    }
    return reason.kind === "timeout" && startsAt > now()
      ? refusal(request, startsAt)
      : reason;
  };

  const turnOf = (request: UpstreamRequest): Turn | Promise<Turn> => {
    if (request.signal.aborted) throw endOf(request, now());
    const lane = quota.laneOf(request);
    if (queue.size === 0 && mayStart() && isFree(lane)) {
      return take(lane, request);
    }
    return wait(request, operationOf(request), lane);
  };

  return {
    policy: (next) => async (request) => {
      const turn = turnOf(request);
      const { end } = turn instanceof Promise ? await turn : turn;
      let response: UpstreamResponse | undefined;
      try {
        return (response = await next(request));
      } finally {
        end(response);
      }
    },
    countRepeat: (request) => {
      for (const limit of quota.laneOf(request).limits) limit.take()();
    },
    quotaWaitMs: (request) =>
      Math.max(0, startOf(operationOf(request), quota.laneOf(request)) - now()),
    get pausedMs() {
      return Math.max(0, Math.ceil(pausedUntil() - now()));
    },
    get isDenied() {
      return denial.current() !== undefined;
    },
    get running() {
      return running;
    },
    get waiting() {
      return queue.size;
    },
  };
}

function tooMany({ call }: UpstreamRequest, what: string): PlatformError {
  return PlatformError.throttled(
    call,
    `${what} are waiting for the store already; ask again later`,
    1_000,
  );
}

/** Requests of one operation are accounted for by one owner. */
function operationOf(request: UpstreamRequest): object {
  return request.ledger?.owner ?? request;
}

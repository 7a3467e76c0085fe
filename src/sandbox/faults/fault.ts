import type { z } from "zod";
import { type AnswerFault, type ResetFault, answerKinds } from "./answer";
import { type BodyFault, bodyKinds } from "./body";
import { type CodingFault, codingKinds } from "./coding";
import { type FaultLimits, limitsShape } from "./condition";
import { type ConnectionFault, connectionKinds } from "./connection";
import {
  type LinksFault,
  type SetFault,
  type TotalsFault,
  type TransformFault,
  contentKinds,
} from "./content";
import { type DelayFault, delayKinds } from "./delay";
import { type DeliveryFault, deliveryKinds } from "./delivery";
import { type HeadersFault, headersKinds } from "./headers";
import { type QuestionFault, questionKinds } from "./question";
import { type RowsFault, rowKinds } from "./rows";
import { type FaultKind, type Stage, explain, object, oneOf } from "./schema";

/** Changes the JSON of an honest answer. */
export type ChangeFault =
  TransformFault | SetFault | RowsFault | TotalsFault | LinksFault;

/** One thing that the server can do wrong with a request. */
export type RequestFault =
  | DelayFault
  | QuestionFault
  | AnswerFault
  | ChangeFault
  | BodyFault
  | CodingFault
  | HeadersFault
  | DeliveryFault
  // Of either value, where the type does not say which.
  | ResetFault;

/**
 * A fault: one thing that the server does wrong, and when. Several are told one
 * by one. A fault of the connection is for every request, so of the limits it
 * takes `forMs` alone.
 */
export type Fault =
  (RequestFault & FaultLimits) | (ConnectionFault & Pick<FaultLimits, "forMs">);

const kinds: Readonly<Record<string, FaultKind>> = {
  ...answerKinds,
  reset: {
    stage: "answer",
    shape: { reset: oneOf(["before-headers", "mid-body"]) },
  },
  ...delayKinds,
  ...deliveryKinds,
  ...bodyKinds,
  ...codingKinds,
  ...headersKinds,
  ...contentKinds,
  ...rowKinds,
  ...questionKinds,
  ...connectionKinds,
};

/** Each name that makes an object a fault. */
export const faultNames: readonly string[] = Object.keys(kinds);

/** What an object has to be like to be a fault, in words. */
export const faultExpected =
  `a JSON object with one of ${faultNames.join(", ")} (and what belongs to it); ` +
  `beside it some of ${Object.keys(limitsShape).join(", ")}`;

/** What of a room's anatomy a fault goes by. */
const NEEDING_ANATOMY = ["rows", "totals", "paging"];

/**
 * Checks a fault; what is right is returned as it is.
 *
 * @throws RangeError that says what is wrong, and where.
 */
export function checkFault(input: unknown): Fault {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new RangeError("a fault must be an object");
  const [name, second] = namesIn(input);
  const kind = name === undefined ? undefined : kinds[name];
  if (!kind)
    throw new RangeError(`no fault is named: one of ${faultNames.join(", ")}`);
  if (second !== undefined)
    throw new RangeError(
      `${name} and ${second} are two faults: add them one by one`,
    );
  const limits: z.ZodRawShape =
    kind.stage === "connection"
      ? { forMs: limitsShape.forMs }
      : { ...limitsShape };
  const { error } = object({ ...kind.shape, ...limits }).safeParse(input);
  if (error) throw new RangeError(explain(error));
  const contradiction = kind.contradiction?.({ ...input });
  if (contradiction !== undefined) throw new RangeError(contradiction);
  return input as Fault;
}

/** When a checked fault takes effect. */
export function stageOf(fault: Fault): Stage {
  if ("reset" in fault && fault.reset === "mid-body") return "delivery";
  const [name = ""] = namesIn(fault);
  const stage = kinds[name]?.stage;
  if (!stage) throw new RangeError("no fault is named");
  return stage;
}

/** Whether a room has to tell its anatomy for a fault to have an effect. */
export function needsAnatomy(fault: Fault): boolean {
  return NEEDING_ANATOMY.some((name) => name in fault);
}

function namesIn(input: object): string[] {
  return Object.keys(input).filter((name) => Object.hasOwn(kinds, name));
}

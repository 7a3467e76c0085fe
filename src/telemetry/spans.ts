import {
  type Context,
  INVALID_SPAN_CONTEXT,
  ProxyTracerProvider,
  type Span,
  type SpanAttributes,
  SpanKind,
  SpanStatusCode,
  context,
  propagation,
  trace,
} from "@opentelemetry/api";

/** What a span is of; its attributes hold no id, value, token or message. */
export interface SpanOptions {
  readonly name: string;
  readonly attributes?: SpanAttributes;
  /** `server` for an operation, `client` for a request to a platform. */
  readonly kind?: "server" | "client";
  /** Where the span hangs; the span under way when left out. */
  readonly parent?: Context;
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

/**
 * Does work in a span of OpenTelemetry. Without a registered SDK it does the
 * work and nothing else.
 *
 * A rejection ends the span as failed, by the error's code or name alone: its
 * message stays out of traces.
 */
export async function inSpan<Value>(
  options: SpanOptions,
  work: (span: Span) => Promise<Value>,
): Promise<Value> {
  if (!isTraced()) return work(noSpan);
  const { name, attributes = {}, kind } = options;
  const parent = options.parent ?? context.active();
  const span = trace
    .getTracer("clientele")
    .startSpan(
      name,
      { attributes, ...(kind ? { kind: kinds[kind] } : {}) },
      parent,
    );
  try {
    return await context.with(
      trace.setSpan(parent, span),
      work,
      undefined,
      span,
    );
  } catch (error) {
    failSpan(span, classOf(error));
    throw error;
  } finally {
    span.end();
  }
}

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Whether somebody has registered an SDK: without one, spans come to nothing. */
export function isTraced(): boolean {
  const provider = trace.getTracerProvider();
  return (
    !(provider instanceof ProxyTracerProvider) ||
    provider.getDelegateTracer("clientele") !== undefined
  );
}

/** Marks a span as failed. @param type a word of a bounded set. */
export function failSpan(span: Span, type: string): void {
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The trace that a request belongs to, by its `traceparent` header. */
export function traceOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Context {
  return isTraced()
    ? propagation.extract(context.active(), headers)
    : context.active();
}

function classOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string"
    ? error.code
    : error.name;
}

/** The span under way; `undefined` outside of one. */
export function activeSpan(): Span | undefined {
  return trace.getActiveSpan();
}

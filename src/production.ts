import { setFlagsFromString } from "node:v8";

// graphql checks every value twice while it believes itself under development.
// It looks once, when it is loaded: so this stands before every other import.
process.env["NODE_ENV"] ??= "production";

// Left alone, V8 lets garbage grow to some four times of what is in use before
// it collects it. Twice is enough here: a third less memory for no more time.
setFlagsFromString("--heap-growing-percent=100");

/**
 * The first signal that tells the process to stop; later ones change nothing.
 * It is heard while everything else is still being loaded: unheard, it would
 * end the process as a failure, or, in a container, be lost.
 */
export const stopSignal = new Promise<NodeJS.Signals>((resolve) => {
  process.on("SIGTERM", resolve).on("SIGINT", resolve);
});

const longestMs = 10_000;
const pauseMs = 100;

/**
 * Asks a server under test whether it is ready. It runs in the process of the
 * tests: where one of them blocks its event loop, the server is overloaded for a
 * second or two and says so, and is asked again.
 *
 * @param url any of the server's addresses.
 */
export async function whenCalm(
  url: string,
): Promise<{ readonly response: Response; readonly text: string }> {
  const endsAt = performance.now() + longestMs;
  for (;;) {
    const response = await fetch(new URL("/readyz", url));
    const text = await response.text();
    if (text !== "overloaded\n" || performance.now() > endsAt) {
      return { response, text };
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

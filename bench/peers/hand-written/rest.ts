/** The reads of a REST API that the hand-written servers do. */
export interface Rest {
  /**
   * @param path below the API's own, with a slash in front.
   * @returns the answer's JSON; null for what does not exist and for an empty
   *   answer.
   * @throws Error when the API answers with any other failure.
   */
  get(
    path: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<unknown>;
}

type Headers = Readonly<Record<string, string>>;

/** Reads with the global `fetch`, which keeps its connections alive. */
export function createRest(
  base: string,
  headers: () => Headers | Promise<Headers>,
): Rest {
  return {
    get: async (path, parameters = {}) => {
      const query = new URLSearchParams(parameters).toString();
      const url = `${base}${path}${query === "" ? "" : `?${query}`}`;
      const answer = await fetch(url, { headers: await headers() });
      if (answer.status === 204) return null;
      if (answer.status === 404) {
        await answer.body?.cancel();
        return null;
      }
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      return answer.json();
    },
  };
}

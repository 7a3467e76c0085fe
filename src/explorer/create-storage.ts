import type { GraphiQLProps } from "graphiql";

type Storage = NonNullable<GraphiQLProps["storage"]>;

/**
 * What GraphiQL writes down lives as long as the browser's tab: operations and
 * variables name customers. Headers hold tokens and are not written down at all;
 * its history would, whatever `shouldPersistHeaders` says.
 */
export function createStorage(): Storage {
  return {
    getItem: (key) => sessionStorage.getItem(key),
    setItem: (key, value) => {
      sessionStorage.setItem(key, withoutHeaders(value));
    },
    removeItem: (key) => {
      sessionStorage.removeItem(key);
    },
    clear: () => {
      sessionStorage.clear();
    },
    get length() {
      return sessionStorage.length;
    },
  };
}

function withoutHeaders(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value), (name, member: unknown) =>
      name === "headers" ? null : member,
    );
  } catch {
    // A text that is no JSON: an operation, or a setting.
    return value;
  }
}

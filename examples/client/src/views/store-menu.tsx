import { useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
import { useKeptError } from "../client/kept-error";
import { toProblems } from "../client/problem";
import { graphql } from "../gql";
import { Notice } from "../parts/notice";
import { PlatformName } from "../platforms/platform-name";
import { Link } from "../routing/link";
import { allStoresPath, type Route, storePath } from "../routing/route";

// Costs nothing upstream: it is all in the server's configuration.
const StoreMenuDocument = graphql(`
  query StoreMenu {
    stores {
      key
      platform
      mode
    }
  }
`);

/** The way to every store. */
export function StoreMenu({ route }: { readonly route: Route }) {
  const [answer, ask] = useQuery({ query: StoreMenuDocument });
  const { data, error, fetching } = useKeptError(answer);
  const problems = useMemo(() => toProblems(error), [error]);
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the stores are one line, of which a part is seen.
  useEffect(() => {
    const first = list.current?.querySelector("a");
    const here = list.current?.querySelector<HTMLElement>("[aria-current]");
    if (first && here)
      list.current?.scrollTo({ left: here.offsetLeft - first.offsetLeft });
  }, [data, route]);
  return (
    <nav aria-label="Stores">
      <ul ref={list} className="store-menu">
        <li>
          <Link
            to={allStoresPath}
            current={route.view === "all-stores" ? "page" : undefined}
          >
            All stores
          </Link>
        </li>
        {data?.stores.map(({ key, platform, mode }) => (
          <li key={key}>
            <Link to={storePath(key)} current={currentOf(key, route)}>
              <span className="key">{key}</span>
              <PlatformName platform={platform} mode={mode} />
            </Link>
          </li>
        ))}
      </ul>
      <Notice
        problems={problems}
        missing="The stores are missing here."
        isAsking={fetching}
        onAskAgain={() => {
          ask({ requestPolicy: "network-only" });
        }}
      />
    </nav>
  );
}

/** A group's view is within that of its store. */
function currentOf(
  storeKey: string,
  route: Route,
): "page" | "true" | undefined {
  if (route.view === "store" && route.storeKey === storeKey) return "page";
  if (route.view === "group" && route.storeKey === storeKey) return "true";
  return undefined;
}

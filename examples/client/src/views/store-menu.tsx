import { useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
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
  const [{ data, error, fetching }, ask] = useQuery({
    query: StoreMenuDocument,
  });
  const problems = useMemo(() => toProblems(error), [error]);
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the stores are one line, of which a part is seen.
  useEffect(() => {
    const first = list.current?.querySelector("a");
    const here = list.current?.querySelector<HTMLElement>(
      "[aria-current], .within",
    );
    if (first && here)
      list.current?.scrollTo({ left: here.offsetLeft - first.offsetLeft });
  }, [data, route]);
  return (
    <nav aria-label="Stores">
      <ul ref={list} className="store-menu">
        <li>
          <Link to={allStoresPath} isCurrent={route.view === "all-stores"}>
            All stores
          </Link>
        </li>
        {data?.stores.map(({ key, platform, mode }) => (
          <li key={key}>
            <Link
              to={storePath(key)}
              isCurrent={route.view === "store" && route.storeKey === key}
              {...(route.view === "group" && route.storeKey === key
                ? { className: "within" }
                : {})}
            >
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

import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { UpstreamCostMeter } from "./client/upstream-cost";
import { Announcer } from "./parts/announcer";
import { PageBoundary } from "./parts/page-boundary";
import { UpstreamFooter } from "./parts/upstream-footer";
import { Link } from "./routing/link";
import { usePath } from "./routing/location";
import { allStoresPath, type Route, toRoute } from "./routing/route";
import { AllStores } from "./views/all-stores";
import { Group } from "./views/group";
import { Nothing } from "./views/nothing";
import { StoreGroups } from "./views/store-groups";
import { StoreMenu } from "./views/store-menu";

/** The page: its frame, and the view that the address asks for. */
export function App({ meter }: { readonly meter: UpstreamCostMeter }) {
  const path = usePath();
  const route = toRoute(path);
  const main = useRef<HTMLElement>(null);
  // What comes over the network comes later, and counts for the new view.
  useLayoutEffect(() => {
    meter.reset();
  }, [meter, path]);

  return (
    <Announcer>
      <a
        href="#main"
        className="skip"
        onClick={(event) => {
          // The address stays a deep link.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <div className="frame">
        <header className="side">
          <Link to={allStoresPath} className="wordmark">
            Clientele
          </Link>
          <StoreMenu route={route} />
        </header>
        <main id="main" ref={main} tabIndex={-1}>
          <PageBoundary key={path}>{viewOf(route)}</PageBoundary>
        </main>
        <UpstreamFooter meter={meter} />
      </div>
    </Announcer>
  );
}

function viewOf(route: Route): ReactNode {
  switch (route.view) {
    case "all-stores":
      return <AllStores />;
    case "store":
      return <StoreGroups storeKey={route.storeKey} />;
    case "group":
      return <Group storeKey={route.storeKey} nativeId={route.nativeId} />;
    case "nothing":
      return (
        <Nothing title="Nothing here">
          This address leads to no view of this page.
        </Nothing>
      );
  }
}

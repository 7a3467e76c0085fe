import type { ReactNode } from "react";
import { useAnnouncement } from "../parts/announcer";
import { ViewHeading } from "../parts/view-heading";
import { Link } from "../routing/link";
import { hasMoved } from "../routing/location";
import { allStoresPath, storePath } from "../routing/route";

interface NothingProps {
  readonly title: string;
  /** The store that is there, when it is only its group that is not. */
  readonly storeKey?: string;
  readonly children: ReactNode;
}

/** A view of something that is not there. */
export function Nothing({ title, storeKey, children }: NothingProps) {
  // With the focus on it, the heading is read out anyway.
  useAnnouncement(hasMoved() ? "" : title);
  return (
    <>
      <header className="view-head">
        <ViewHeading title={title}>{title}</ViewHeading>
      </header>
      <p className="lead">{children}</p>
      <ul className="ways">
        {storeKey !== undefined && (
          <li>
            <Link to={storePath(storeKey)}>Go to the groups of {storeKey}</Link>
          </li>
        )}
        <li>
          <Link to={allStoresPath}>Go to all stores</Link>
        </li>
      </ul>
    </>
  );
}

/** A view of a store that is not there. */
export function NoSuchStore({ storeKey }: { readonly storeKey: string }) {
  return (
    <Nothing title="No such store">
      The server knows no store of the name {storeKey}.
    </Nothing>
  );
}

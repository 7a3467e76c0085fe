import type { ReactNode } from "react";
import { useAnnouncement } from "../parts/announcer";
import { ViewHeading } from "../parts/view-heading";
import { Link } from "../routing/link";
import { allStoresPath } from "../routing/route";

interface NothingProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A view of something that is not there. */
export function Nothing({ title, children }: NothingProps) {
  useAnnouncement(title);
  return (
    <>
      <header className="view-head">
        <ViewHeading title={title}>{title}</ViewHeading>
      </header>
      <p className="lead">{children}</p>
      <p>
        <Link to={allStoresPath}>Go to all stores</Link>
      </p>
    </>
  );
}

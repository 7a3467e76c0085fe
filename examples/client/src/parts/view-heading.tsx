import { type ReactNode, useEffect, useRef } from "react";
import { hasMoved } from "../routing/location";

interface ViewHeadingProps {
  /** The document's title, without the page's own name. */
  readonly title: string;
  readonly children: ReactNode;
}

/**
 * The heading of a view and the title of the document. Who has followed a link
 * is taken to it, so that keyboard and screen reader go on from there.
 */
export function ViewHeading({ title, children }: ViewHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasMoved()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <title>{`${title} · Clientele`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}

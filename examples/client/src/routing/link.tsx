import type { MouseEvent, ReactNode } from "react";
import { navigate } from "./location";

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  /** Whether it leads to the view that is shown, or to what holds that. */
  readonly current?: "page" | "true" | undefined;
  readonly children: ReactNode;
}

/** A link to another view of this page; a new tab takes it like any other. */
export function Link({ to, className, current, children }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const isPlain =
      event.button === 0 &&
      !event.metaKey &&
      !event.ctrlKey &&
      !event.shiftKey &&
      !event.altKey;
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} className={className} aria-current={current} onClick={follow}>
      {children}
    </a>
  );
}

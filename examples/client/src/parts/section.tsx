import { type ReactNode, useId } from "react";

interface SectionProps {
  readonly title: ReactNode;
  /** Stands beside the title, quietly. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a view with its heading, which focus can be sent to. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {aside !== undefined && <span className="quiet">{aside}</span>}
      </header>
      {children}
    </section>
  );
}

const day = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeZone: "UTC",
});

interface DayProps {
  /** RFC 3339; null where the platform keeps none. */
  readonly value: string | null;
}

/** A day in UTC, as the server gives it. */
export function Day({ value }: DayProps) {
  return value === null ? (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">not known</span>
    </span>
  ) : (
    <time dateTime={value} title={value}>
      {day.format(new Date(value))}
    </time>
  );
}

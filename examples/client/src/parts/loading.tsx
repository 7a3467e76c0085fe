interface LoadingProps {
  /** About as many as will come. */
  readonly rows: number;
}

/** Lines where rows will stand; a screen reader is told in words instead. */
export function Loading({ rows }: LoadingProps) {
  return (
    <div className="loading" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}

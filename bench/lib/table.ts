/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand at the right. Default: at the left. */
  readonly isNumber?: boolean;
}

/**
 * A table in Markdown with columns as wide as their widest cell, as Prettier
 * formats it.
 *
 * @param rows each with a cell for every column; `|` and line ends are escaped.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [columns.map(({ title }) => title), ...rows].map((cells) =>
    columns.map((_, at) => escape(cells[at] ?? "")),
  );
  const widths = columns.map((_, at) =>
    Math.max(3, ...lines.map((cells) => cells[at]?.length ?? 0)),
  );
  const [head = [], ...body] = lines.map((cells) =>
    cells.map((cell, at) =>
      columns[at]?.isNumber
        ? cell.padStart(widths[at] ?? 0)
        : cell.padEnd(widths[at] ?? 0),
    ),
  );
  const rule = columns.map(({ isNumber }, at) =>
    isNumber
      ? `${"-".repeat((widths[at] ?? 3) - 1)}:`
      : "-".repeat(widths[at] ?? 3),
  );
  return [head, rule, ...body]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** Raw values that few read, folded away. */
export function details(summary: string, markdown: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${markdown}\n\n</details>`;
}

/** @returns such as `12,345`; `n/a` for no number. */
export function whole(value: number): string {
  return decimal(value, 0);
}

/** @returns such as `0.62` for two places; `n/a` for no number. */
export function decimal(value: number, places: number): string {
  if (!Number.isFinite(value)) return "n/a";
  return value.toLocaleString("en", {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}

function escape(cell: string): string {
  return cell.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}

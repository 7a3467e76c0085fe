import type { z } from "zod";

/** The settings of a room as the control API sees them. */
export interface SettingsAccess {
  /** All settings with their present values. */
  read(): Readonly<Record<string, unknown>>;
  /**
   * Changes those that are named and leaves the others.
   *
   * @throws ZodError when a name is unknown or a value is wrong; nothing is
   *   changed then.
   */
  change(changes: unknown): void;
}

/**
 * Opens a room's plain settings object to the control API.
 *
 * @param settings changed in place.
 * @param changes describes a change: every setting optional, no other name.
 */
export function createSettingsAccess(
  settings: object,
  changes: z.ZodType<object>,
): SettingsAccess {
  return {
    read: () => ({ ...settings }),
    change: (input) => {
      Object.assign(settings, changes.parse(input));
    },
  };
}

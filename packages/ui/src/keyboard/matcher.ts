/** One key press, as far as shortcuts care. */
export interface KeyPress {
  key: string;
  ctrl: boolean;
  meta: boolean;
  alt: boolean;
}

/** Two keys of a sequence may be this far apart, in milliseconds. */
const PATIENCE = 900;

/**
 * Matches single keys ("m", "?", "ArrowDown") and sequences ("g w").
 * Returns the shortcut that the press completes, or null; presses with ctrl, meta or alt belong to the browser.
 */
export function createMatcher(): (
  press: KeyPress,
  shortcuts: readonly string[],
  now: number,
) => string | null {
  let first: { key: string; at: number } | null = null;
  return (press, shortcuts, now) => {
    if (press.ctrl || press.meta || press.alt) return null;
    const pending = first && now - first.at <= PATIENCE ? first.key : null;
    first = null;
    if (pending !== null) {
      const sequence = `${pending} ${press.key}`;
      if (shortcuts.includes(sequence)) return sequence;
    }
    if (shortcuts.some((s) => s.startsWith(`${press.key} `))) {
      first = { key: press.key, at: now };
      return null;
    }
    return shortcuts.includes(press.key) ? press.key : null;
  };
}

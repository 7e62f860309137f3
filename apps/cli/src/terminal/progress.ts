/** Draws how far a long piece of work is. */
export interface Progress {
  /** `note` stands behind the counts. */
  (done: number, total: number, note?: string): void;
  /** Wipes the bar, so that what follows starts on a clean line. */
  end(): void;
}

const WIDTH = 28;
const SHOWN_AFTER_MS = 1000;
const REDRAWN_AFTER_MS = 100;

interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal's stderr, from the second second on; silent elsewhere. */
export function progressBar(label: string, screen: Screen = process.stderr, now = Date.now): Progress {
  const started = now();
  let drawn = 0;
  const draw = (done: number, total: number, note = ''): void => {
    const at = now();
    if (!screen.isTTY || at - started < SHOWN_AFTER_MS || (at - drawn < REDRAWN_AFTER_MS && done < total))
      return;
    drawn = at;
    const filled = Math.round((WIDTH * done) / Math.max(1, total));
    const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
    screen.write(`\r\x1b[K${label} [${bar}] ${done}/${total}${note && ` ${note}`}`);
  };
  const end = (): void => {
    if (drawn > 0) screen.write('\r\x1b[K');
  };
  return Object.assign(draw, { end });
}

/** Runs `work` under a bar that is wiped whatever happens. */
export async function withProgress<T>(label: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = progressBar(label);
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

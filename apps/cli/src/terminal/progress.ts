/** Draws how far a long piece of work is. */
export interface Progress {
  /** `note` stands behind the counts. */
  (done: number, total: number, note?: string): void;
  /** Wipes the bar until there is more to show, so that what follows starts on a clean line. */
  clear(): void;
  /** Wipes the bar for good. */
  end(): void;
}

const WIDTH = 28;
const SHOWN_AFTER_MS = 1000;
const REDRAWN_AFTER_MS = 100;

interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

interface State {
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

function barOf({ done, total, note }: State): string {
  const filled = Math.round((WIDTH * done) / Math.max(1, total));
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total}${note && ` ${note}`}`;
}

/**
 * A bar on a terminal's stderr, from the second second on; silent elsewhere. Drawn anew every second, also by work
 * that has told nothing yet: then the seconds stand in its place.
 */
export function progressBar(label: string, screen: Screen = process.stderr, now = Date.now): Progress {
  const started = now();
  let state: State | null = null;
  let drawn = 0;
  let paused = false;
  const draw = (): void => {
    drawn = now();
    const seconds = Math.floor((drawn - started) / 1000);
    screen.write(`\r\x1b[K${label} ${state ? barOf(state) : `${seconds} s`}`);
  };
  const clock = screen.isTTY
    ? setInterval(() => {
        if (!paused) draw();
      }, SHOWN_AFTER_MS).unref()
    : undefined;
  const show = (done: number, total: number, note = ''): void => {
    state = { done, total, note };
    paused = false;
    const at = now();
    if (!screen.isTTY || at - started < SHOWN_AFTER_MS || (at - drawn < REDRAWN_AFTER_MS && done < total))
      return;
    draw();
  };
  const clear = (): void => {
    paused = true;
    if (drawn > 0) screen.write('\r\x1b[K');
  };
  const end = (): void => {
    clearInterval(clock);
    clear();
  };
  return Object.assign(show, { clear, end });
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

/** Exit status of what was interrupted. */
export const INTERRUPTED = 130;

/** Ctrl-C comes twice: from the terminal, which signals the whole group, and forwarded by whoever started this process. */
const SAME_SIGNAL_MS = 1_000;

/** Aborts on the first Ctrl-C or termination; a later one ends the process at once. */
export function untilAsked(): AbortSignal {
  const asked = new AbortController();
  let askedAt: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (askedAt !== null && Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
      askedAt ??= Date.now();
      asked.abort();
    });
  }
  return asked.signal;
}

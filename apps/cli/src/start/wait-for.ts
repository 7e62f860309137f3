import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';

/** Asks `url` until it answers 200. @throws DomainError UNAVAILABLE naming the service and its log after `seconds`. */
export async function waitFor(
  name: string,
  url: string,
  options: { seconds: number; logFile: string; signal: AbortSignal },
): Promise<void> {
  const end = Date.now() + options.seconds * 1000;
  while (Date.now() < end) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100, undefined, { signal: options.signal });
  }
  throw new DomainError(
    'UNAVAILABLE',
    `The ${name} did not become ready within ${options.seconds} s: see ${options.logFile}.`,
  );
}

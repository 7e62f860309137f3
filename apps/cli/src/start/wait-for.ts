import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';

const healthSchema = z.object({ instance: z.string() });

interface Patience {
  seconds: number;
  logFile: string;
  signal: AbortSignal;
}

/** Asks `url` until it answers 200. @throws DomainError UNAVAILABLE naming the service and its log after `seconds`. */
export function waitFor(name: string, url: string, patience: Patience): Promise<void> {
  return untilAnswer(name, url, patience, async () => true);
}

/**
 * Asks a portal's health until it answers as `instance`.
 * @throws DomainError UNAVAILABLE naming the log after `seconds`, CONFLICT where something else answers there.
 */
export function waitForPortal(
  url: string,
  { instance, ...patience }: Patience & { instance: string },
): Promise<void> {
  return untilAnswer('portal', url, patience, async (response) => {
    const body = await response.text().catch(() => null);
    if (body === null) return false;
    if (instanceIn(body) === instance) return true;
    throw new DomainError(
      'CONFLICT',
      `Something else answers at ${new URL(url).origin}, maybe another start of Blastwise: stop it, or choose another port with --port.`,
    );
  });
}

function instanceIn(body: string): string | undefined {
  try {
    return healthSchema.safeParse(JSON.parse(body)).data?.instance;
  } catch {
    return undefined;
  }
}

/** Asks until `check` takes an answer; false: it broke off, so ask again. */
async function untilAnswer(
  name: string,
  url: string,
  { seconds, logFile, signal }: Patience,
  check: (response: Response) => Promise<boolean>,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (response?.ok && (await check(response))) return;
    await sleep(100, undefined, { signal });
  }
  throw new DomainError(
    'UNAVAILABLE',
    `The ${name} did not become ready within ${seconds} s: see ${logFile}.`,
  );
}

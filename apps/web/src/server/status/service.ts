import { readinessSchema } from '@blastwise/contracts';
import { serviceSettings } from '@blastwise/db';
import type { Services } from '../services.ts';
import type { ServiceStatus } from './schemas.ts';

const PATIENCE_MS = 2_000;
const AWAY = 'The inference service cannot be reached; accepted cases wait in the queue.';

/** Whether predictions can be made right now. Never throws for the inference service's sake. */
export async function serviceStatus(services: Services): Promise<ServiceStatus> {
  const [{ aiEnabled }, inference] = await Promise.all([
    serviceSettings(services.db),
    inferenceStatus(services.inferenceUrl),
  ]);
  return { aiEnabled, inference };
}

async function inferenceStatus(url: string): Promise<ServiceStatus['inference']> {
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    // Not ready is answered with 503 and the same body.
    return { reachable: true, ...readinessSchema.parse(await response.json()) };
  } catch {
    return { reachable: false, ready: false, engine: null, modelDigest: null, reason: AWAY };
  }
}

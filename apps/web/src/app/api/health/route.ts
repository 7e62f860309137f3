import { env } from '../../../env.ts';

/** The process answers, and as which start: the start command waits for its own. */
export const GET = (): Response =>
  Response.json(
    { ok: true, instance: env().BLASTWISE_INSTANCE ?? null },
    { headers: { 'cache-control': 'no-store' } },
  );

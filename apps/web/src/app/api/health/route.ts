/** The process answers; the start command waits for this. */
export const GET = (): Response => Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } });

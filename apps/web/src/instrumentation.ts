/** Runs once when the server starts: a wrong environment stops it here, in one sentence. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this literal, so that only the Node bundle holds the server.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startPortal } = await import('./server/start.ts');
  startPortal();
}

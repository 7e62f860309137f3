const ATTENTIVE_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let lastSign = Date.now();

if (typeof window !== 'undefined') {
  const note = (): void => {
    lastSign = Date.now();
  };
  for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true });
}

/**
 * Marks requests made while nobody touched the page for a minute: live updates alone must not keep an abandoned
 * session from ending (R14).
 */
export const presenceHeaders = (): Record<string, string> =>
  Date.now() - lastSign > ATTENTIVE_MS ? { 'x-blastwise-unattended': '1' } : {};

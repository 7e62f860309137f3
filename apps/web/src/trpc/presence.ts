const ATTENTIVE_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** The session is one for all windows of a browser, and so is the user: others hear of a sign within this, milliseconds. */
const TOLD_EVERY_MS = 5_000;

let lastSign = Date.now();

if (typeof window !== 'undefined') {
  const others = new BroadcastChannel('blastwise-presence');
  let lastTold = 0;
  const note = (): void => {
    lastSign = Date.now();
    if (lastSign - lastTold < TOLD_EVERY_MS) return;
    lastTold = lastSign;
    others.postMessage(null);
  };
  others.addEventListener('message', () => {
    lastSign = Date.now();
  });
  for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true });
}

/** When somebody last touched a page of the portal in this browser, milliseconds since 1970. */
export const lastSignAt = (): number => lastSign;

/**
 * Marks requests made while nobody touched the portal for a minute: live updates alone must not keep an abandoned
 * session from ending (R14).
 */
export const presenceHeaders = (): Record<string, string> =>
  Date.now() - lastSign > ATTENTIVE_MS ? { 'x-blastwise-unattended': '1' } : {};

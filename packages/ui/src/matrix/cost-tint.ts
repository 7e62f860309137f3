/** The background of a cost: the dearer, the stronger; `share` is its part of the dearest, 0..1. */
export function costTint(share: number): { background: string } {
  const strength = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) * 20 : 0;
  return { background: `color-mix(in oklab, var(--accent) ${strength}%, var(--surface))` };
}

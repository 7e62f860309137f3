'use client';

import type { MaskMode } from '@blastwise/ui';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';

const maskViewSchema = z.object({
  mode: z.enum(['off', 'fill', 'outline']),
  /** What "on" means when the mask is switched back on. */
  on: z.enum(['fill', 'outline']),
  opacity: z.number().min(0.1).max(1),
  nuclei: z.boolean().default(false),
  boxes: z.boolean().default(false),
  heat: z.boolean().default(false),
  heatOpacity: z.number().min(0.1).max(1).default(0.7),
});
type MaskView = z.infer<typeof maskViewSchema>;

const KEY = 'blastwise-mask';
const DEFAULT: MaskView = {
  mode: 'outline',
  on: 'outline',
  opacity: 0.9,
  nuclei: false,
  boxes: false,
  heat: false,
  heatOpacity: 0.7,
};
const listeners = new Set<() => void>();
let view: MaskView | undefined;

function read(): MaskView {
  if (view) return view;
  try {
    const stored = maskViewSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    view = stored.success ? stored.data : DEFAULT;
  } catch {
    view = DEFAULT;
  }
  return view;
}

function write(change: Partial<MaskView>): void {
  view = { ...read(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(view));
  } catch {
    // A full or forbidden store only means that the choice is forgotten with the page.
  }
  for (const listener of listeners) listener();
}

const setMode = (mode: MaskMode) => write(mode === 'off' ? { mode } : { mode, on: mode });

/** How the reader likes to see the mask and the layers beside it: kept from case to case in this browser. */
export function useMaskView() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    () => DEFAULT,
  );
  return {
    ...current,
    setMode,
    setOpacity: (opacity: number) => write({ opacity }),
    setNuclei: (nuclei: boolean) => write({ nuclei }),
    setBoxes: (boxes: boolean) => write({ boxes }),
    setHeat: (heat: boolean) => write({ heat }),
    setHeatOpacity: (heatOpacity: number) => write({ heatOpacity }),
    toggle: () => write({ mode: current.mode === 'off' ? current.on : 'off' }),
    toggleOutline: () => setMode(current.mode === 'outline' ? 'fill' : 'outline'),
  };
}

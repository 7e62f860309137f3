'use client';

import { useEffect, useState } from 'react';
import { traceOutline } from './outline.ts';

/** A mask's border as an SVG path in its own pixel coordinates. */
export interface MaskShape {
  path: string;
  width: number;
  height: number;
}

export type MaskState = { state: 'none' | 'loading' | 'failed' } | { state: 'ready'; shape: MaskShape };

/** Larger masks are traced at a smaller size: the border stays within a pixel or two of the screen. */
const MOST_PIXELS = 2_000_000;

async function loadShape(src: string): Promise<MaskShape> {
  const image = new Image();
  image.src = src;
  await image.decode();
  const shrink = Math.min(1, Math.sqrt(MOST_PIXELS / (image.naturalWidth * image.naturalHeight)));
  const width = Math.max(1, Math.round(image.naturalWidth * shrink));
  const height = Math.max(1, Math.round(image.naturalHeight * shrink));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no drawing surface.');
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i += 1) mask[i] = (data[i * 4] ?? 0) >= 128 ? 1 : 0;
  return { path: traceOutline(mask, width, height), width, height };
}

/** Loads a mask PNG (white inside) and traces it. */
export function useMask(src: string | null): MaskState {
  const [loaded, setLoaded] = useState<{ src: string; shape: MaskShape | null } | null>(null);
  useEffect(() => {
    if (src === null) return;
    let wanted = true;
    loadShape(src).then(
      (shape) => wanted && setLoaded({ src, shape }),
      () => wanted && setLoaded({ src, shape: null }),
    );
    return () => {
      wanted = false;
    };
  }, [src]);
  if (src === null) return { state: 'none' };
  if (loaded?.src !== src) return { state: 'loading' };
  return loaded.shape ? { state: 'ready', shape: loaded.shape } : { state: 'failed' };
}

'use client';

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { MASK_COLOR } from '../mask-color.ts';
import type { Size } from '../zoom.ts';
import type { DrawnMask, MaskName } from './editing.ts';
import { readSources } from './mask-pixels.ts';
import { type MaskEdit, paintStroke, type Rect, replay, type Stroke } from './strokes.ts';
import { tintMask, withRim } from './tint.ts';

interface Masks {
  readonly base: Uint8Array;
  readonly model: Uint8Array;
}

interface Sources {
  readonly key: string;
  /** Null: one could not be loaded. */
  readonly masks: Masks | null;
}

function useSources({ base, model }: DrawnMask, { width, height }: Size): Sources | null {
  const [loaded, setLoaded] = useState<Sources | null>(null);
  const key = JSON.stringify([base, model, width, height]);
  useEffect(() => {
    let wanted = true;
    readSources({ base, model }, { width, height }).then(
      (masks) => wanted && setLoaded({ key, masks }),
      () => wanted && setLoaded({ key, masks: null }),
    );
    return () => {
      wanted = false;
    };
  }, [base, model, width, height, key]);
  return loaded?.key === key ? loaded : null;
}

interface RasterOptions {
  readonly of: MaskName;
  readonly drawn: DrawnMask;
  readonly image: Size;
  readonly mode: 'off' | 'fill' | 'outline';
}

/**
 * Keeps a canvas of the image's own size equal to an edited mask. `paint` shows a stroke as it is drawn; the same stroke
 * among the edits is then not drawn again.
 */
export function useRaster(canvas: RefObject<HTMLCanvasElement | null>, options: RasterOptions) {
  const { of, drawn, image, mode } = options;
  const { width, height } = image;
  const sources = useSources(drawn, image);
  const masks = sources?.masks ?? null;
  const raster = useRef<{ mask: Uint8Array; masks: Masks; edits: readonly MaskEdit[] } | null>(null);
  const painted = useRef<Stroke | null>(null);

  const show = (rect: Rect) => {
    const context = canvas.current?.getContext('2d');
    const now = raster.current;
    const part = withRim(rect, image);
    if (!context || !now || mode === 'off' || part.right <= part.left || part.bottom <= part.top) return;
    const pixels = tintMask(now.mask, image, part, { mode, color: MASK_COLOR[of].rgb });
    context.putImageData(new ImageData(pixels, part.right - part.left), part.left, part.top);
  };

  const { edits } = drawn;
  const follow = useEffectEvent((from: Masks, all: readonly MaskEdit[]) => {
    const now = raster.current;
    const own = now?.masks === from && all.length === now.edits.length + 1 && all.at(-1) === painted.current;
    painted.current = null;
    raster.current = { mask: own ? now.mask : replay(all, from, image), masks: from, edits: all };
    show({ left: 0, top: 0, right: width, bottom: height });
  });
  useEffect(() => {
    if (masks) follow(masks, edits);
  }, [masks, edits, mode, width, height]);

  return {
    state: sources ? (masks ? 'ready' : 'failed') : 'loading',
    paint(stroke: Stroke, from: number): void {
      const now = raster.current;
      const changed = now && paintStroke(now.mask, image, stroke, from);
      if (changed) show(changed);
    },
    /** The stroke is whole and will come back among the edits. */
    keep(stroke: Stroke): void {
      painted.current = stroke;
    },
  } as const;
}

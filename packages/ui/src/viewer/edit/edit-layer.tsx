'use client';

import { useRef } from 'react';
import { cn } from '../../cn.ts';
import type { MaskMode } from '../mask-layer.tsx';
import type { Size, View } from '../zoom.ts';
import type { DrawnMask, MaskEditing, MaskName } from './editing.ts';
import { usePainting } from './use-painting.ts';
import { useRaster } from './use-raster.ts';

/** A mask that was changed and not recorded, over the image; with `editing`, under the brush. */
export function EditLayer(props: {
  of: MaskName;
  drawn: DrawnMask;
  editing: MaskEditing | null;
  image: Size;
  view: View;
  mode: MaskMode;
  opacity: number;
}) {
  const { of, drawn, editing, image, view, mode } = props;
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const raster = useRaster(canvas, { of, drawn, image, mode });
  const enabled = editing !== null && raster.state === 'ready' && mode !== 'off';
  usePainting(surface, {
    enabled,
    tool: editing?.tool ?? 'brush',
    size: editing?.size ?? 1,
    pixelOf: (at) => ({
      x: Math.floor((at.x - view.x) / view.scale),
      y: Math.floor((at.y - view.y) / view.scale),
    }),
    onDraw: raster.paint,
    onEnd: (stroke) => {
      raster.keep(stroke);
      editing?.onEdit(stroke);
    },
    onHover: (at) => {
      if (!tip.current) return;
      tip.current.style.visibility = at ? 'visible' : 'hidden';
      if (at) tip.current.style.translate = `${at.x}px ${at.y}px`;
    },
  });
  const across = (editing?.size ?? 1) * view.scale;
  return (
    <div
      ref={surface}
      data-edit={of}
      data-edit-state={raster.state}
      className={cn('absolute inset-0 overflow-hidden', enabled ? 'cursor-crosshair' : 'pointer-events-none')}
    >
      <div aria-hidden="true">
        <canvas
          ref={canvas}
          width={image.width}
          height={image.height}
          className="pointer-events-none absolute top-0 left-0 max-w-none origin-top-left"
          style={{
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
            opacity: props.opacity,
            visibility: mode === 'off' ? 'hidden' : 'visible',
            imageRendering: 'pixelated',
          }}
        />
      </div>
      <div
        ref={tip}
        aria-hidden="true"
        className={cn('pointer-events-none invisible absolute top-0 left-0', !enabled && 'hidden')}
      >
        <div
          className="-translate-1/2 rounded-full border border-white shadow-[0_0_0_1px_#1d1d2b]"
          style={{ width: Math.max(3, across), height: Math.max(3, across) }}
        />
      </div>
      {raster.state === 'failed' ? (
        <p
          role="alert"
          className="absolute inset-x-0 top-2 mx-auto w-max max-w-full rounded-sm bg-surface px-2 py-1 text-xs text-bad"
        >
          The mask to draw on could not be loaded; reload the page. Your changes are kept.
        </p>
      ) : null}
    </div>
  );
}

'use client';

import { useEffect, useRef, useState } from 'react';
import { tintHeat } from './color-map.ts';

async function paint(canvas: HTMLCanvasElement, src: string, wanted: () => boolean): Promise<number> {
  const image = new Image();
  image.src = src;
  await image.decode();
  if (!wanted()) return 0;
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no drawing surface.');
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, canvas.width, canvas.height);
  const hottest = tintHeat(data.data);
  context.putImageData(data, 0, 0);
  return hottest;
}

/** What became of a heatmap: its highest grey, or null where it could not be loaded. */
export interface PaintedHeat {
  readonly src: string;
  readonly hottest: number | null;
}

/** A heatmap (grey PNG, 0 none, 255 most, of the image's shape) over the image as a tint. */
export function HeatLayer(props: { src: string; opacity: number; onPainted: (heat: PaintedHeat) => void }) {
  const { src, onPainted } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painted, setPainted] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    const tell = (hottest: number | null) => {
      if (!wanted) return;
      if (hottest !== null) setPainted(src);
      onPainted({ src, hottest });
    };
    if (canvas.current) {
      paint(canvas.current, src, () => wanted).then(tell, () => tell(null));
    }
    return () => {
      wanted = false;
    };
  }, [src, onPainted]);
  return (
    <div
      aria-hidden="true"
      data-heat={painted === src ? 'shown' : 'loading'}
      className="pointer-events-none absolute inset-0 size-full"
      style={{ opacity: painted === src ? props.opacity : 0 }}
    >
      <canvas ref={canvas} className="size-full" />
    </div>
  );
}

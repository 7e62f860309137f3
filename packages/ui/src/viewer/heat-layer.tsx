'use client';

import { useEffect, useRef, useState } from 'react';
import { tintHeat } from './color-map.ts';

async function paint(canvas: HTMLCanvasElement, src: string, wanted: () => boolean): Promise<void> {
  const image = new Image();
  image.src = src;
  await image.decode();
  if (!wanted()) return;
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no drawing surface.');
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, canvas.width, canvas.height);
  tintHeat(data.data);
  context.putImageData(data, 0, 0);
}

/** A heatmap (grey PNG, 0 none, 255 most, of the image's shape) over the image as a tint. */
export function HeatLayer({
  src,
  opacity,
  onFailed,
}: {
  src: string;
  opacity: number;
  onFailed: () => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painted, setPainted] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    if (canvas.current) {
      paint(canvas.current, src, () => wanted).then(
        () => wanted && setPainted(src),
        () => wanted && onFailed(),
      );
    }
    return () => {
      wanted = false;
    };
  }, [src, onFailed]);
  return (
    <div
      aria-hidden="true"
      data-heat={painted === src ? 'shown' : 'loading'}
      className="pointer-events-none absolute inset-0 size-full"
      style={{ opacity: painted === src ? opacity : 0 }}
    >
      <canvas ref={canvas} className="size-full" />
    </div>
  );
}

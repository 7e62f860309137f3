import type { MaskShape } from './use-mask.ts';

export type MaskMode = 'off' | 'fill' | 'outline';

/** Cyan stands out from both the purple of white cells and the pink of red ones. */
const MASK_COLOR = '#00c2d1';

/** The mask over the image, as a tint or as a line that stays one width at every zoom (`scale`: CSS px an image px). */
export function MaskLayer(props: { shape: MaskShape; mode: MaskMode; opacity: number; scale: number }) {
  if (props.mode === 'off') return null;
  const line = (width: number) => width / props.scale;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${props.shape.width} ${props.shape.height}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full"
      style={{ opacity: props.opacity }}
      data-mask={props.mode}
    >
      {props.mode === 'fill' ? (
        <path d={props.shape.path} fill={MASK_COLOR} fillOpacity={0.5} />
      ) : (
        <>
          <path
            d={props.shape.path}
            fill="none"
            stroke="#00232b"
            strokeOpacity={0.45}
            strokeWidth={line(3)}
          />
          <path d={props.shape.path} fill="none" stroke={MASK_COLOR} strokeWidth={line(1.5)} />
        </>
      )}
    </svg>
  );
}

import { MASK_COLOR } from './mask-color.ts';
import type { MaskShape } from './use-mask.ts';

export type MaskMode = 'off' | 'fill' | 'outline';

/** The mask over the image, as a tint or as a line that stays one width at every zoom (`scale`: CSS px an image px). */
export function MaskLayer(props: {
  of: keyof typeof MASK_COLOR;
  shape: MaskShape;
  mode: MaskMode;
  opacity: number;
  scale: number;
}) {
  if (props.mode === 'off') return null;
  const color = MASK_COLOR[props.of].css;
  const line = (width: number) => width / props.scale;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${props.shape.width} ${props.shape.height}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full"
      style={{ opacity: props.opacity }}
      {...{ [`data-${props.of}`]: props.mode }}
    >
      {props.mode === 'fill' ? (
        <path d={props.shape.path} fill={color} fillOpacity={0.5} />
      ) : (
        <>
          <path
            d={props.shape.path}
            fill="none"
            stroke="#00232b"
            strokeOpacity={0.45}
            strokeWidth={line(3)}
          />
          <path d={props.shape.path} fill="none" stroke={color} strokeWidth={line(1.5)} />
        </>
      )}
    </svg>
  );
}

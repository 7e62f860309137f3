import { cn } from '../cn.ts';

/** A white cell's box in pixels of the image. */
export interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Boxes around the cells, and one that is looked at more closely. For the pointer only: a list of the same cells stands
 * beside the field for the keyboard. `scale`: CSS px an image px.
 */
export function CellLayer(props: {
  cells: readonly CellBox[];
  image: { width: number; height: number };
  /** Off: only the current one is drawn; all of them still answer to the pointer. */
  shown: boolean;
  current: number | null;
  onCurrent: (index: number | null) => void;
  scale: number;
}) {
  const line = (width: number) => width / props.scale;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${props.image.width} ${props.image.height}`}
      className="pointer-events-none absolute inset-0 size-full overflow-visible"
      data-cells={props.shown ? 'shown' : 'hidden'}
    >
      {props.cells.map(({ x, y, width, height }, i) => {
        const current = i === props.current;
        const drawn = props.shown || current;
        return (
          <g key={`${x} ${y} ${width} ${height}`} className={cn(!drawn && 'opacity-0')}>
            <rect
              x={x}
              y={y}
              width={width}
              height={height}
              fill="none"
              stroke="#fff"
              strokeOpacity={0.7}
              strokeWidth={line(current ? 5 : 2.5)}
            />
            <rect
              x={x}
              y={y}
              width={width}
              height={height}
              fill="transparent"
              stroke="#1d1d2b"
              strokeWidth={line(current ? 2.5 : 1.25)}
              className="pointer-events-auto"
              onPointerEnter={() => props.onCurrent(i)}
              onPointerLeave={() => props.onCurrent(null)}
            />
          </g>
        );
      })}
    </svg>
  );
}

import { cn } from '../cn.ts';
import { axisOf, linePoints } from './line-scale.ts';

export interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

const BOX = { width: 320, height: 96 };
/** Told apart by their dashes, too. */
const STROKES = [
  { color: 'var(--accent)', dash: undefined },
  { color: 'var(--ink-3)', dash: '5 3' },
] as const;

/** One or two lines over the same steps, on one axis from 0; a screen reader hears the latest values. */
export function LinePlot(props: {
  title: string;
  lines: readonly [Line] | readonly [Line, Line];
  /** Steps that the width stands for; the lines may have fewer yet. */
  of: number;
  format: (value: number) => string;
  className?: string;
}) {
  const { title, lines, of, format } = props;
  const axis = axisOf(lines.flatMap(({ values }) => values));
  const latest = ({ name, values }: Line): string => {
    const last = values.at(-1);
    return `${name} ${last === undefined ? '–' : format(last)}`;
  };
  return (
    <figure className={cn('min-w-0', props.className)}>
      <figcaption className="eyebrow">{title}</figcaption>
      <div className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div
          className="tabular flex flex-col justify-between text-right text-2xs text-ink-3"
          aria-hidden="true"
        >
          <span>{format(axis.high)}</span>
          <span>{format(axis.low)}</span>
        </div>
        <svg
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}: ${lines.map(latest).join(', ')}`}
          className="h-24 w-full overflow-visible border-b border-l border-rule-strong"
        >
          {lines.map(({ name, values }, i) => {
            const stroke = STROKES[i];
            const points = linePoints(values, of, axis, BOX);
            return (
              <polyline
                key={name}
                points={values.length === 1 ? `${points} ${points}` : points}
                fill="none"
                stroke={stroke?.color}
                strokeDasharray={stroke?.dash}
                strokeWidth={values.length === 1 ? 5 : 1.75}
                strokeLinecap="round"
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
              />
            );
          })}
        </svg>
      </div>
      <ul className="tabular mt-1.5 flex flex-wrap gap-x-4 text-xs text-ink-2" aria-hidden="true">
        {lines.map((line, i) => (
          <li key={line.name} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 20 4" className="h-1 w-5" aria-hidden="true">
              <line
                x1="0"
                x2="20"
                y1="2"
                y2="2"
                stroke={STROKES[i]?.color}
                strokeDasharray={STROKES[i]?.dash}
                strokeWidth="2"
              />
            </svg>
            {latest(line)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

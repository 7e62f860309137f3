const WIDTH = 320;
const HEIGHT = 64;
const SIDE = 12;
const MIDDLE = 26;

/** A figure with its interval, and the line that the interval must stay to the left of. */
export interface PlottedInterval {
  readonly title: string;
  readonly value: number;
  /** Null: the interval has no lower end. */
  readonly lower: number | null;
  readonly upper: number;
  readonly limit: number;
  readonly limitName: string;
  readonly format: (value: number) => string;
}

/** Whether the whole interval is on the side that a promotion asks for: up to the limit, or below it where the limit is 0. */
const holds = ({ upper, limit }: PlottedInterval): boolean => (limit === 0 ? upper < 0 : upper <= limit);

/** In words what the plot shows. */
export function intervalAlternative(plotted: PlottedInterval): string {
  const { title, value, lower, upper, limit, limitName, format } = plotted;
  const interval = lower === null ? `at most ${format(upper)}` : `${format(lower)} to ${format(upper)}`;
  return `${title}: ${format(value)}, interval ${interval}; ${limitName} ${format(limit)}. The interval ${holds(plotted) ? 'stays on the side that is asked for' : 'reaches beyond'}.`;
}

/**
 * One interval on a line of its own. What passes is told by shape as well as place: a filled point where the interval
 * stays on the side that is asked for, a hollow one where it reaches beyond.
 */
export function IntervalPlot({ plotted }: { plotted: PlottedInterval }) {
  const { title, value, lower, upper, limit, limitName, format } = plotted;
  const ends = [lower ?? value, value, upper, limit, 0];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const x = (at: number): number => SIDE + ((at - least) / Math.max(most - least, 1e-9)) * (WIDTH - 2 * SIDE);
  const passes = holds(plotted);
  const anchor = x(limit) > WIDTH / 2 ? 'end' : 'start';
  return (
    <figure className="min-w-0">
      <figcaption className="text-xs text-ink-2">{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={intervalAlternative(plotted)}
        className="block w-full"
      >
        <line x1={SIDE} x2={WIDTH - SIDE} y1={MIDDLE} y2={MIDDLE} className="stroke-rule" strokeWidth={1} />
        <line
          x1={x(limit)}
          x2={x(limit)}
          y1={6}
          y2={46}
          className="stroke-ink-3"
          strokeWidth={1.5}
          strokeDasharray="4 3"
        />
        <line
          x1={x(lower ?? value)}
          x2={x(upper)}
          y1={MIDDLE}
          y2={MIDDLE}
          className="stroke-accent"
          strokeWidth={3}
        />
        <line
          x1={x(upper)}
          x2={x(upper)}
          y1={MIDDLE - 6}
          y2={MIDDLE + 6}
          className="stroke-accent"
          strokeWidth={2}
        />
        <circle
          cx={x(value)}
          cy={MIDDLE}
          r={5}
          className={passes ? 'fill-accent stroke-accent' : 'fill-surface stroke-accent'}
          strokeWidth={2}
        />
        <text x={x(limit)} y={HEIGHT - 4} textAnchor={anchor} className="tabular fill-ink-3 text-[11px]">
          {limitName} {format(limit)}
        </text>
      </svg>
    </figure>
  );
}

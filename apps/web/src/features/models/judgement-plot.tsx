import { intervalText, type JudgedPoint, shortDigest, signed, wordsOf } from './words.ts';

const WIDTH = 640;
const HEIGHT = 160;
const LEFT = 56;
const BOTTOM = 18;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOf = ({ at }: JudgedPoint): string => DAY.format(new Date(at));

const said = (point: JudgedPoint): string =>
  `${dayOf(point)}, ${shortDigest(point.challenger)}: ${intervalText(point.difference, { difference: true })}, ${wordsOf(point.verdict).text}`;

/** Each judgement's cost difference as a point on its interval, around the line of no difference. */
export function JudgementPlot({ points }: { points: readonly JudgedPoint[] }) {
  const most = Math.max(
    1e-9,
    ...points.flatMap(({ difference: { lower, upper } }) => [Math.abs(lower), Math.abs(upper)]),
  );
  const pitch = (WIDTH - LEFT) / points.length;
  const x = (i: number) => LEFT + (i + 0.5) * pitch;
  const half = (HEIGHT - BOTTOM) / 2;
  const y = (value: number) => half - (value / most) * (half - 8);
  // At most eight dates, so that they do not run into each other.
  const every = Math.ceil(points.length / 8);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Judgements: ${points.map(said).join('; ')}`}
      className="block w-full max-w-[52rem]"
    >
      {[most, 0, -most].map((value) => (
        <g key={value}>
          <line
            x1={LEFT}
            x2={WIDTH}
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? 'stroke-ink-3' : 'stroke-rule'}
            strokeWidth={1}
          />
          <text x={LEFT - 6} y={y(value) + 3} textAnchor="end" className="tabular fill-ink-3 text-[10px]">
            {value === 0 ? '0' : signed(value)}
          </text>
        </g>
      ))}
      {points.map((point, i) => {
        const { mean, lower, upper } = point.difference;
        const passed = point.verdict.verdict === 'promote';
        return (
          <g key={point.id}>
            <title>{said(point)}</title>
            <rect x={x(i) - pitch / 2} y={0} width={pitch} height={HEIGHT - BOTTOM} fill="transparent" />
            <line x1={x(i)} x2={x(i)} y1={y(lower)} y2={y(upper)} className="stroke-accent" strokeWidth={2} />
            <circle
              cx={x(i)}
              cy={y(mean)}
              r={4}
              className={passed ? 'fill-accent stroke-accent' : 'fill-surface stroke-accent'}
              strokeWidth={2}
            />
            {i % every === 0 ? (
              <text x={x(i)} y={HEIGHT - 4} textAnchor="middle" className="fill-ink-3 text-[10px]">
                {dayOf(point)}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

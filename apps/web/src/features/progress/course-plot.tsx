import { dayText, figureText, type Unit } from './progress-words.ts';
import type { Course, Step } from './types.ts';

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 48;
const BOTTOM = 18;

export const stepText = ({ from, to }: Step): string => {
  const [first, last] = [dayText(from), dayText(to)];
  return first === last ? first : `${first} to ${last}`;
};

/** Each step's figure as a point on its interval; what was too little to say leaves its place empty. */
export function CoursePlot({ course, unit, label }: { course: Course; unit: Unit; label: string }) {
  const { steps } = course;
  const most = Math.max(1e-9, ...steps.map(({ figure }) => figure?.upper ?? 0));
  const pitch = (WIDTH - LEFT) / Math.max(1, steps.length);
  const x = (i: number) => LEFT + (i + 0.5) * pitch;
  const y = (value: number) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - 8);
  // At most eight dates, so that they do not run into each other.
  const every = Math.ceil(steps.length / 8);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${label}: ${steps.map((step) => `${stepText(step)}: ${figureText(step.figure, unit)}`).join('; ')}`}
      className="block w-full max-w-[52rem]"
    >
      {[0, most / 2, most].map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} className="stroke-rule" strokeWidth={1} />
          <text x={LEFT - 6} y={y(value) + 3} textAnchor="end" className="tabular fill-ink-3 text-[10px]">
            {unit(value)}
          </text>
        </g>
      ))}
      {steps.map((step, i) => (
        <g key={step.from}>
          <title>{`${stepText(step)}: ${figureText(step.figure, unit)}, ${step.cases} cases`}</title>
          <rect x={x(i) - pitch / 2} y={0} width={pitch} height={HEIGHT - BOTTOM} fill="transparent" />
          {step.figure ? (
            <>
              <line
                x1={x(i)}
                x2={x(i)}
                y1={y(step.figure.lower)}
                y2={y(step.figure.upper)}
                className="stroke-accent"
                strokeWidth={2}
              />
              <circle cx={x(i)} cy={y(step.figure.mean)} r={4} className="fill-accent" />
            </>
          ) : (
            <text x={x(i)} y={HEIGHT - BOTTOM - 6} textAnchor="middle" className="fill-ink-3 text-[10px]">
              few
            </text>
          )}
          {i % every === 0 ? (
            <text x={x(i)} y={HEIGHT - 4} textAnchor="middle" className="fill-ink-3 text-[10px]">
              {dayText(step.from)}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  );
}

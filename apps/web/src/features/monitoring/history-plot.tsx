import type { WatchedQuantity } from './types.ts';

const WIDTH = 320;
const HEIGHT = 28;
/** Of the height: where the threshold lies. */
const ALARM = 0.4;

/** The statistic of every window as a share of its threshold, which is the dashed line. */
export function HistoryPlot({ history }: Pick<WatchedQuantity, 'history'>) {
  const step = WIDTH / Math.max(1, history.length);
  const y = (value: number, threshold: number) =>
    Math.max(3, HEIGHT - 3 - (value / Math.max(threshold, 1e-9)) * (HEIGHT - 3) * (1 - ALARM));
  const last = history.at(-1);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={
        last
          ? `${history.length} windows judged; of the latest the statistic is ${((100 * last.value) / last.threshold).toFixed(0)} % of the alarm's.`
          : 'No window judged yet.'
      }
      className="mt-1.5 block w-full"
    >
      <line
        x1={0}
        x2={WIDTH}
        y1={y(1, 1)}
        y2={y(1, 1)}
        className="stroke-ink-3"
        strokeDasharray="3 3"
        strokeWidth={1}
      />
      {history.map(({ window, value, threshold }, i) => {
        const [x, at, over] = [(i + 0.5) * step, y(value, threshold), value > threshold];
        return over ? (
          <path key={window} d={`M ${x} ${at - 3.5} l 4 7 h -8 z`} className="fill-warn">
            <title>{`Window ${window}: above the alarm`}</title>
          </path>
        ) : (
          <circle key={window} cx={x} cy={at} r={2.5} className="fill-ink-2">
            <title>{`Window ${window}: below the alarm`}</title>
          </circle>
        );
      })}
    </svg>
  );
}

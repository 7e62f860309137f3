import { cn } from '@blastwise/ui';
import { axisWords, binWords, QUANTITY_WORDS } from './drift-words.ts';
import type { Finding } from './types.ts';

const WIDTH = 240;
const HEIGHT = 56;
const GAP = 3;

const percents = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** Shares of the cases in each bin: the window filled, the reference as an outline over it. */
export function DistributionPlot({ finding: { quantity, bins } }: { finding: Finding }) {
  const most = Math.max(0.01, ...bins.flatMap(({ reference, window }) => [reference, window]));
  const width = (WIDTH - GAP * (bins.length - 1)) / Math.max(1, bins.length);
  const tall = (share: number) => (share / most) * (HEIGHT - 2);
  const names = bins.some(({ name }) => name !== null);
  const words = bins.map(
    (bin, i) =>
      `${binWords(bins, i, quantity)}: reference ${percents(bin.reference)}, window ${percents(bin.window)}`,
  );
  return (
    <figure className="mt-2">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${QUANTITY_WORDS[quantity].label}. ${words.join('; ')}.`}
        className="block h-14 w-full"
        preserveAspectRatio="none"
      >
        {bins.map((bin, i) => {
          const x = i * (width + GAP);
          const [now, before] = [tall(bin.window), tall(bin.reference)];
          return (
            // Bins have no name of their own and never change place.
            <g key={`${bin.name} ${bin.upTo}`}>
              <title>{words[i]}</title>
              <rect x={x} y={0} width={width} height={HEIGHT} fill="transparent" />
              <rect x={x} y={HEIGHT - now} width={width} height={now} className="fill-accent/55" />
              <rect
                x={x + 0.75}
                y={HEIGHT - before - 0.75}
                width={Math.max(0, width - 1.5)}
                height={before}
                className="fill-transparent stroke-ink"
                strokeWidth={1.5}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          );
        })}
      </svg>
      <figcaption
        aria-hidden="true"
        className={cn(
          'tabular mt-1 text-2xs text-ink-3',
          names ? 'grid auto-cols-fr grid-flow-col text-center' : 'flex justify-between',
        )}
      >
        {axisWords(bins, quantity).map((word) => (
          <span key={word}>{word}</span>
        ))}
      </figcaption>
    </figure>
  );
}

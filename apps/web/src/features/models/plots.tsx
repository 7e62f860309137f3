import { plotUrl } from '../shared/index.ts';

const CAPTIONS: Readonly<Record<string, string>> = {
  'history.svg': 'Training: what every epoch brought',
  'reliability.svg': 'Reliability: how often a stage given some probability was right',
};

/** What the training run drew, below its card. */
export function Plots({ digest, names }: { digest: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <section aria-label="Plots of the training run" className="mt-8 flex max-w-[46rem] flex-col gap-6">
      {names.map((name) => {
        const caption = CAPTIONS[name] ?? name;
        return (
          <figure key={name}>
            {/* Drawn on white whatever the theme. */}
            <img
              src={plotUrl(digest, name)}
              alt={caption}
              className="aspect-[27/20] w-full rounded-md border border-rule bg-white object-contain"
            />
            <figcaption className="mt-1.5 text-xs text-ink-3">{caption}</figcaption>
          </figure>
        );
      })}
    </section>
  );
}

import { Badge, cn } from '@blastwise/ui';
import { Moment } from '../shared/index.ts';
import type { ModelState, RegisteredModel } from './types.ts';
import { STATE_TONE, shortDigest } from './words.ts';

const GROUPS: readonly { title: string; states: readonly ModelState[] }[] = [
  { title: 'Champion', states: ['champion'] },
  { title: 'Challengers', states: ['challenger'] },
  { title: 'Earlier champions', states: ['retired'] },
  { title: 'Refused', states: ['refused'] },
];

/** Every registered model, the one that serves first. */
export function ModelList(props: {
  models: readonly RegisteredModel[];
  shown: string | null;
  onShow: (digest: string) => void;
}) {
  return (
    <nav aria-label="Models" className="py-2">
      {GROUPS.map(({ title, states }) => {
        const models = props.models.filter(({ state }) => states.includes(state));
        return (
          <section key={title} className="mb-3">
            <h2 className="eyebrow px-5 py-1.5">{title}</h2>
            {models.length === 0 ? <p className="px-5 py-1 text-xs text-ink-3">None</p> : null}
            <ul>
              {models.map(({ digest, name, state, createdAt }) => (
                <li key={digest}>
                  <button
                    type="button"
                    aria-current={digest === props.shown ? 'true' : undefined}
                    onClick={() => props.onShow(digest)}
                    className={cn(
                      'flex w-full flex-col gap-0.5 px-5 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2',
                      digest === props.shown && 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]',
                    )}
                  >
                    <span className="flex w-full items-center gap-2">
                      <span className="min-w-0 flex-1 truncate text-sm font-medium">{name}</span>
                      <StateBadge state={state} />
                    </span>
                    <span className="flex w-full justify-between gap-2 text-xs text-ink-3">
                      <span className="font-mono">{shortDigest(digest)}</span>
                      <Moment at={createdAt} />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

export function StateBadge({ state }: { state: ModelState }) {
  return <Badge tone={STATE_TONE[state]}>{state}</Badge>;
}

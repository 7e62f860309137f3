import { Badge } from '@blastwise/ui';
import { Moment } from '../shared/index.ts';
import type { LockedTestSet, LockedTestUse } from './types.ts';
import { shortDigest, wordsOf } from './words.ts';

/** Locked test sets with what is left of their budgets, and every use of them. */
export function Ledger(props: {
  sets: readonly LockedTestSet[];
  uses: readonly LockedTestUse[];
  onShow: (digest: string) => void;
}) {
  return (
    <section aria-label="Locked test sets" className="border-t border-rule px-5 py-3">
      <h2 className="eyebrow py-1.5">Locked test sets</h2>
      {props.sets.length === 0 ? (
        <p className="text-xs text-ink-3">
          None is open. One comes with the model that the service starts with; others are opened at the
          server.
        </p>
      ) : null}
      {props.sets.length > 1 ? (
        <p className="mb-2 text-xs text-ink-3">
          The oldest that can judge both models guards: whichever set a model is judged on, it may be no worse
          there. That counts as a use of it, too.
        </p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {props.sets.map(({ id, name, origin, hasImages, fields, groups, budget, used, sharesWith }) => (
          <li key={id} className="text-xs text-ink-2">
            <p className="flex items-baseline justify-between gap-2">
              <span className="min-w-0 truncate text-sm" title={origin}>
                {name}
              </span>
              <span className="tabular whitespace-nowrap">
                {Math.max(0, budget - used)} of {budget} left
              </span>
            </p>
            <meter
              aria-label={`Uses left of ${name}`}
              min={0}
              max={budget}
              value={Math.max(0, budget - used)}
              className="h-1.5 w-full"
            />
            <p className="tabular text-ink-3">
              {fields} {hasImages ? 'images' : 'fields’ features'} in {groups} groups
              {used >= budget ? '; the gate is closed' : ''}
            </p>
            {sharesWith.length > 0 ? (
              <p className="text-ink-3">
                Shows the same fields as {sharesWith.join(', ')}: one budget for both.
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {props.uses.length > 0 ? (
        <>
          <h2 className="eyebrow mt-4 py-1.5">Uses</h2>
          <ul>
            {props.uses.map((use) => {
              const { text, tone } = wordsOf(use);
              return (
                <li key={use.id}>
                  <button
                    type="button"
                    onClick={() => props.onShow(use.challengerDigest)}
                    className="flex w-full flex-wrap items-center gap-x-2 py-1 text-left text-xs hover:bg-hover"
                  >
                    <span className="font-mono">{shortDigest(use.challengerDigest)}</span>
                    <Badge tone={tone}>{text}</Badge>
                    <span className="text-ink-3">
                      {use.requestedBy.name}, <Moment at={use.createdAt} />
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
    </section>
  );
}

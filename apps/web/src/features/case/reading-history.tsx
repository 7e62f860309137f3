import { assertionOf } from '@blastwise/contracts';
import { Badge, cn, StageBadge } from '@blastwise/ui';
import { Brush } from 'lucide-react';
import { Moment } from '../shared/index.ts';
import { PanelSection } from './panel.tsx';
import { disagrees, toReading } from './reading.ts';
import type { Correction, FieldResult } from './types.ts';
import type { ShownMasks } from './use-shown-masks.ts';
import { CERTAINTY_WORDS, CONFIRMATION_WORDS, SEVERITY_WORDS } from './words.ts';

/** What the model answered when the reader looked: the decision the reader saw, if it is still known. */
function answerSeen(correction: Correction, result: FieldResult | null) {
  const seen = result?.decisions.find((d) => d.id === correction.decisionId);
  return seen && assertionOf(seen);
}

/** One reading in full. */
export function ReadingLine(props: {
  correction: Correction;
  result: FieldResult | null;
  shown: ShownMasks;
  superseded?: boolean;
}) {
  const { correction } = props;
  const answer = answerSeen(correction, props.result);
  const differs = disagrees(toReading(correction.stage), answer);
  return (
    <div className="text-sm">
      <p className="flex items-center gap-2">
        <StageBadge stage={correction.stage} className={props.superseded ? 'text-ink-2' : 'text-base'} />
        {answer === undefined ? null : differs ? (
          <Badge tone="warn">model said {answer ?? 'not assessable'}</Badge>
        ) : (
          <Badge tone="good">agrees</Badge>
        )}
        {correction.masks.mask || correction.masks.nucleus ? (
          <CorrectedMask correction={correction} shown={props.shown} />
        ) : null}
      </p>
      <p className="mt-0.5 text-xs text-ink-2">
        {CERTAINTY_WORDS[correction.certainty]}, by{' '}
        {CONFIRMATION_WORDS[correction.confirmedBy].label.toLowerCase()}
        {differs ? `. Error: ${SEVERITY_WORDS[correction.severity].label.toLowerCase()}` : ''}
      </p>
      {correction.comment ? <p className="mt-1 text-sm whitespace-pre-wrap">{correction.comment}</p> : null}
      <p className="mt-1 text-xs text-ink-3">
        {correction.reader.name}, <Moment at={correction.createdAt} />
      </p>
    </div>
  );
}

/** Says that a mask was corrected, and shows it in the viewer. */
function CorrectedMask({
  correction: {
    id,
    masks,
    reader: { name },
    createdAt,
  },
  shown,
}: {
  correction: Correction;
  shown: ShownMasks;
}) {
  const here = shown.reading === id;
  const which = masks.mask && masks.nucleus ? 'Masks' : masks.mask ? 'Mask' : 'Nuclei';
  return (
    <button
      type="button"
      aria-pressed={here}
      title={here ? 'Shown in the viewer' : 'Show it in the viewer'}
      onClick={() => shown.show(here ? null : id)}
      className={cn(
        'relative inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        here ? 'bg-accent-soft text-accent-strong' : 'bg-sunken text-ink-2 hover:bg-hover',
      )}
    >
      <Brush aria-hidden="true" className="size-3" /> {which} corrected
      <span className="sr-only">
        {' '}
        by {name}, <Moment at={createdAt} />
      </span>
    </button>
  );
}

/** Readings that were superseded; none is ever changed or removed. */
export function ReadingHistory(props: {
  corrections: readonly Correction[];
  result: FieldResult | null;
  shown: ShownMasks;
}) {
  return (
    <PanelSection title="Earlier readings" aside="kept as they were">
      <ol className="flex flex-col gap-3">
        {props.corrections.map((correction) => (
          <li key={correction.id} className="border-l-2 border-rule pl-3">
            <ReadingLine correction={correction} result={props.result} shown={props.shown} superseded />
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}

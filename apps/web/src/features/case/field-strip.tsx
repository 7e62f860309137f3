'use client';

import { cn, StageGlyph } from '@blastwise/ui';
import { AdjudicationSign, statusWord, thumbUrl, WorkStatusLabel } from '../shared/index.ts';
import { adjudicationWords, standingStage } from './adjudication-words.ts';
import type { CaseField } from './types.ts';

/** The fields of a case in a row: picture, stage by shape, state. */
export function FieldStrip(props: {
  fields: readonly CaseField[];
  current: string;
  onSelect: (position: number) => void;
}) {
  return (
    <ul
      aria-label="Fields of this case"
      className="flex gap-1 overflow-x-auto border-t border-rule bg-surface p-1.5"
    >
      {props.fields.map((field, i) => {
        const stage = standingStage(field);
        const unsettled = field.adjudication && field.adjudication.status !== 'adjudicated';
        const current = field.imageId === props.current;
        return (
          <li key={field.imageId}>
            <button
              type="button"
              aria-current={current ? 'true' : undefined}
              aria-label={`Field ${i + 1}: ${stage ?? 'no stage'}, ${statusWord(field.status)}. ${adjudicationWords(field.adjudication)}.`}
              onClick={() => props.onSelect(i)}
              className={cn(
                'relative block size-13 overflow-hidden rounded-sm bg-matte outline-offset-1',
                current ? 'ring-2 ring-accent' : 'opacity-80 hover:opacity-100',
              )}
            >
              <img
                src={thumbUrl(field.imageId)}
                alt=""
                width={52}
                height={52}
                className="size-full object-cover"
              />
              <span className="absolute bottom-0 left-0 flex h-4 items-center rounded-tr-sm bg-surface/90 px-1">
                {stage ? <StageGlyph stage={stage} /> : null}
                <WorkStatusLabel
                  status={field.status}
                  className="[&>span:last-child]:sr-only [&_svg]:ml-0.5 [&_svg]:size-3"
                />
              </span>
              {unsettled && field.adjudication ? (
                <AdjudicationSign
                  status={field.adjudication.status}
                  className="absolute top-0 right-0 flex h-4 items-center rounded-bl-sm bg-surface/90 px-0.5"
                />
              ) : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

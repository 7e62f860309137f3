import { StatusLight } from '@blastwise/ui';
import type { ReactNode } from 'react';
import { calibrationSentence, scaleSentence } from './evidence-words.ts';
import { PanelSection } from './panel.tsx';
import type { FieldResult } from './types.ts';

/** How far the model's word reaches: whether it knows such images, how it read this one, how its percentages are meant. */
export function EvidenceSection({
  analysis,
  assumedPrior,
}: {
  analysis: Pick<FieldResult['analysis'], 'outOfDistribution' | 'scale'>;
  assumedPrior: FieldResult['assumedPrior'];
}) {
  const { outOfDistribution, scale } = analysis;
  return (
    <PanelSection title="How far to trust it">
      <dl className="flex flex-col gap-2 text-xs [&_dt]:text-ink-3">
        {outOfDistribution ? (
          <Fact name="Image">
            {outOfDistribution.flag ? (
              <StatusLight tone="warn" wraps>
                Unlike the smears the model learned from
              </StatusLight>
            ) : (
              <StatusLight tone="good" wraps>
                Like the smears the model learned from
              </StatusLight>
            )}
          </Fact>
        ) : null}
        {scale ? <Fact name="Scale">{scaleSentence(scale)}</Fact> : null}
        <Fact name="Percentages">{calibrationSentence(assumedPrior)}</Fact>
      </dl>
    </PanelSection>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <dt className="w-23 shrink-0">{name}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  );
}

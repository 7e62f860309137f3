import type { MaturityStage } from '@blastwise/contracts';
import { StageBadge, StatusLight } from '@blastwise/ui';
import type { ReactNode } from 'react';
import { SET_LEVEL, scaleSentence } from './evidence-words.ts';
import { PanelSection } from './panel.tsx';
import type { FieldResult } from './types.ts';

/** How far the model's word reaches: what it cannot rule out, whether it knows such images, how its percentages are meant. */
export function EvidenceSection({ analysis }: { analysis: FieldResult['analysis'] }) {
  const { predictionSet, outOfDistribution, scale, assessable } = analysis;
  return (
    <PanelSection title="How far to trust it">
      <dl className="flex flex-col gap-2 text-xs [&_dt]:text-ink-3">
        {predictionSet && assessable ? <PossibleStages stages={predictionSet} /> : null}
        {outOfDistribution ? (
          <Fact name="Image">
            {outOfDistribution.flag ? (
              <StatusLight tone="warn">Unlike the smears the model learned from</StatusLight>
            ) : (
              <StatusLight tone="good">Like the smears the model learned from</StatusLight>
            )}
          </Fact>
        ) : null}
        {scale ? <Fact name="Scale">{scaleSentence(scale)}</Fact> : null}
        <Fact name="Percentages">
          Calibrated: of fields given 80 % for a stage, about 80 % show it, where stages are as frequent as in
          the fields used for calibration.
        </Fact>
      </dl>
    </PanelSection>
  );
}

function PossibleStages({ stages }: { stages: readonly MaturityStage[] }) {
  return (
    <Fact name={stages.length === 1 ? 'Only this stage fits' : 'Cannot rule out'}>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1" data-testid="prediction-set">
        {stages.map((stage) => (
          <StageBadge key={stage} stage={stage} />
        ))}
        <span className="text-ink-3">({SET_LEVEL})</span>
      </span>
    </Fact>
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

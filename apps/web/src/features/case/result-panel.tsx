'use client';

import { ExpectedCosts, ProbabilityBars, Skeleton } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import { mayRead, useProfile } from '../shell/index.ts';
import { AnalyseAgain } from './analyse-again.tsx';
import { CellList } from './cell-list.tsx';
import { DecisionSummary } from './decision-summary.tsx';
import { Duplicates } from './duplicates.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { OutOfServiceNote } from './out-of-service.tsx';
import { PanelSection } from './panel.tsx';
import { PredictionSet } from './prediction-set.tsx';
import { Provenance } from './provenance.tsx';
import type { CaseField, FieldResult } from './types.ts';
import type { useFieldLayers } from './use-field-layers.tsx';
import { failureSentence } from './words.ts';

interface ResultPanelProps {
  field: CaseField;
  aiEnabled: boolean;
  /** The cell looked at more closely, here or in the field. */
  evidence: Pick<ReturnType<typeof useFieldLayers>, 'current' | 'onCurrent'>;
}

/** What the model says of a field, or why it says nothing. Announced when it changes. */
export function ResultPanel({ field, aiEnabled, evidence }: ResultPanelProps) {
  const profile = useProfile();
  return (
    <section
      aria-label="Model result"
      aria-live="polite"
      className="shrink-0 border-b border-rule xl:min-h-0 xl:overflow-y-auto xl:border-b-0"
    >
      {field.result ? (
        <Result field={field} result={field.result} evidence={evidence} />
      ) : !aiEnabled ? (
        <Silent title="AI is switched off">
          Read the field by itself; your reading is recorded all the same.
        </Silent>
      ) : field.status === 'failed' ? (
        <Failed field={field} />
      ) : field.blind ? (
        <Silent title="Blind review">
          {mayRead(profile)
            ? 'This case was drawn by chance. What the model says appears once you have recorded your reading.'
            : 'This case was drawn by chance. What the model says is shown to those who have recorded their reading.'}
        </Silent>
      ) : (
        <Waiting />
      )}
      <Duplicates field={field} />
    </section>
  );
}

function Result({ field, result, evidence }: Omit<ResultPanelProps, 'aiEnabled'> & { result: FieldResult }) {
  const trpc = useTRPC();
  const versions = useQuery(trpc.costs.list.queryOptions());
  const { analysis, decision } = result;
  const version = versions.data?.find((v) => v.id === decision.costMatrixId);
  return (
    <>
      <OutOfServiceNote field={field} result={result} />
      <DecisionSummary result={result} referralCost={version?.costs.referralCost} />
      <PanelSection title="Probability" aside="calibrated">
        <ProbabilityBars probabilities={analysis.probabilities} muted={!analysis.assessable} />
        <PredictionSet analysis={analysis} level={result.setLevel} />
      </PanelSection>
      <PanelSection title="Expected cost of each answer" aside={`matrix v${decision.costMatrixVersion}`}>
        {version ? (
          <ExpectedCosts
            expected={decision.expectedCosts}
            referralCost={version.costs.referralCost}
            chosen={decision.stage}
            deferred={decision.defer}
          />
        ) : (
          <Skeleton className="h-34" />
        )}
      </PanelSection>
      <EvidenceSection analysis={analysis} assumedPrior={result.assumedPrior} />
      {analysis.whiteCells ? <CellList cells={analysis.whiteCells} {...evidence} /> : null}
      <Provenance result={result} version={version} />
    </>
  );
}

function Silent({ title, children }: { title: string; children: string }) {
  return (
    <div className="px-4 py-5">
      <p className="text-lg font-semibold tracking-tight">{title}</p>
      <p className="mt-1 text-sm text-ink-2">{children}</p>
    </div>
  );
}

function Failed({ field }: { field: CaseField }) {
  return (
    <div className="px-4 py-5">
      <p className="text-lg font-semibold tracking-tight text-bad">Analysis failed</p>
      <p className="mt-1 mb-3 text-sm text-ink-2">
        {failureSentence(field.failureCode)} No stage is given. You can still read the field yourself.
      </p>
      <AnalyseAgain imageId={field.imageId} />
    </div>
  );
}

/** Of the result's own size, so that nothing moves when it arrives. */
function Waiting() {
  return (
    <div aria-busy="true">
      <div className="h-36 border-b border-rule px-4 py-3">
        <p className="eyebrow">Decision</p>
        <p className="mt-1.5 text-lg font-semibold tracking-tight text-ink-2">Analysing…</p>
        <p className="mt-1 text-xs text-ink-3">
          The result appears here by itself, usually within two seconds.
        </p>
      </div>
      <PanelSection title="Probability">
        <Skeleton className="h-34" />
      </PanelSection>
      <PanelSection title="Expected cost of each answer">
        <Skeleton className="h-34" />
      </PanelSection>
    </div>
  );
}

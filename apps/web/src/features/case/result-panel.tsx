'use client';

import { ExpectedCosts, ProbabilityBars, Skeleton } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import type { RouterOutputs } from '../../trpc/types.ts';
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

/** What the model says of a field, or why it says nothing; the answer is announced when it changes, what it rests on is not. */
export function ResultPanel({ field, aiEnabled, evidence }: ResultPanelProps) {
  const { result } = field;
  const version = useCostVersion(result);
  return (
    <section
      aria-label="Model result"
      className="shrink-0 border-b border-rule xl:min-h-0 xl:overflow-y-auto xl:border-b-0"
    >
      <div role="status">
        <Answer field={field} aiEnabled={aiEnabled} version={version} />
      </div>
      {result ? <Grounds result={result} evidence={evidence} version={version} /> : null}
      <Duplicates field={field} />
    </section>
  );
}

type Version = RouterOutputs['costs']['list'][number] | undefined;

/** The version of the costs under which a result was decided, once it is known. */
function useCostVersion(result: CaseField['result']): Version {
  const versions = useQuery(useTRPC().costs.list.queryOptions());
  return versions.data?.find(({ id }) => id === result?.decision.costMatrixId);
}

function Answer({
  field,
  aiEnabled,
  version,
}: Pick<ResultPanelProps, 'field' | 'aiEnabled'> & { version: Version }) {
  const profile = useProfile();
  if (field.result) {
    return (
      <>
        <OutOfServiceNote field={field} result={field.result} />
        <DecisionSummary result={field.result} referralCost={version?.costs.referralCost} />
      </>
    );
  }
  if (!aiEnabled) {
    return (
      <Silent title="AI is switched off">
        Read the field by itself; your reading is recorded all the same.
      </Silent>
    );
  }
  if (field.status === 'failed') return <Failed field={field} />;
  if (!field.blind) return <Waiting />;
  return (
    <Silent title="Blind review">
      {mayRead(profile)
        ? 'This case was drawn by chance. What the model says appears once you have recorded your reading.'
        : 'This case was drawn by chance. What the model says is shown to those who have recorded their reading.'}
    </Silent>
  );
}

function Grounds({
  result,
  evidence,
  version,
}: Pick<ResultPanelProps, 'evidence'> & { result: FieldResult; version: Version }) {
  const { analysis, decision } = result;
  return (
    <>
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
    <>
      <div className="h-36 border-b border-rule px-4 py-3">
        <p className="eyebrow">Decision</p>
        <p className="mt-1.5 text-lg font-semibold tracking-tight text-ink-2">Analysing…</p>
        <p className="mt-1 text-xs text-ink-3">
          The result appears here by itself, usually within two seconds.
        </p>
      </div>
      <div aria-hidden="true">
        <PanelSection title="Probability">
          <Skeleton className="h-34" />
        </PanelSection>
        <PanelSection title="Expected cost of each answer">
          <Skeleton className="h-34" />
        </PanelSection>
      </div>
    </>
  );
}

'use client';

import { Badge, costText, Dialog, MatrixTable, StageBadge } from '@blastwise/ui';
import { type ReactNode, useState } from 'react';
import type { RouterOutputs } from '../../trpc/types.ts';
import { Moment } from '../shared/index.ts';
import { OutOfServiceBadge } from './out-of-service.tsx';
import { PanelSection } from './panel.tsx';
import type { FieldDecision, FieldResult } from './types.ts';

type CostVersion = RouterOutputs['costs']['list'][number];

/** Every version that made this result, and every decision taken on it. */
export function Provenance({ result, version }: { result: FieldResult; version: CostVersion | undefined }) {
  const { analysis, decision, decisions } = result;
  const [shown, setShown] = useState(false);
  return (
    <>
      <PanelSection title="Made by">
        <dl className="flex flex-col gap-0.5 text-xs">
          <Line name="Model">
            {analysis.versions.modelName}{' '}
            <span className="font-mono text-2xs text-ink-3" title={analysis.versions.modelDigest}>
              {analysis.versions.modelDigest.slice(0, 12)}
            </span>
            <OutOfServiceBadge result={result} />
          </Line>
          <Line name="Calibration">{analysis.versions.calibration}</Line>
          <Line name="Preprocessing">{analysis.versions.preprocessing}</Line>
          <Line name="Cost matrix">
            <span className="flex flex-wrap items-center gap-x-1.5">
              <button
                type="button"
                onClick={() => setShown(true)}
                className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
              >
                v{decision.costMatrixVersion}, {decision.costMatrixName}
              </button>
              {decision.costMatrixValidated ? null : <Badge className="h-4 text-2xs">unvalidated</Badge>}
            </span>
          </Line>
          <Line name="Analysed">
            <Moment at={result.analysedAt} />{' '}
            <span className="tabular text-ink-3">in {result.durationMs} ms</span>
          </Line>
          <Line name="Mask">
            <span className="tabular">
              {analysis.cells} {analysis.cells === 1 ? 'cell' : 'cells'},{' '}
              {(analysis.maskFraction * 100).toFixed(1)} % of the field
            </span>
          </Line>
        </dl>
      </PanelSection>
      {decisions.length > 1 ? (
        <PanelSection title="Decisions">
          <ol className="flex flex-col gap-1">
            {decisions.map((each) => (
              <DecisionLine key={each.id} decision={each} inForce={each.id === decision.id} />
            ))}
          </ol>
        </PanelSection>
      ) : null}
      <Dialog
        open={shown}
        onOpenChange={setShown}
        title={`Cost matrix v${decision.costMatrixVersion}`}
        description={decision.costMatrixName}
        className="w-[36rem]"
      >
        {version ? (
          <>
            <MatrixTable costs={version.costs} />
            <p className="tabular mt-3 text-sm text-ink-2">
              A second reading costs {version.costs.referralCost}. Rows are the truth, columns the answer
              given.
            </p>
          </>
        ) : null}
      </Dialog>
    </>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <dt className="w-23 shrink-0 text-ink-3">{name}</dt>
      <dd className="min-w-0 flex-1 break-words">{children}</dd>
    </div>
  );
}

function DecisionLine({ decision, inForce }: { decision: FieldDecision; inForce: boolean }) {
  return (
    <li className="tabular flex items-center gap-2 text-xs">
      <span className="w-8 text-ink-3">v{decision.costMatrixVersion}</span>
      {decision.defer ? <span>Deferred</span> : <StageBadge stage={decision.stage} />}
      <span className="text-ink-3">{costText(decision.expectedCost)}</span>
      <span className="ml-auto text-ink-3">
        {inForce ? <span className="mr-2 font-medium text-ink-2">in force</span> : null}
        <Moment at={decision.decidedAt} as="age" />
      </span>
    </li>
  );
}

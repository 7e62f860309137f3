import { REASON_TEXT } from '@blastwise/contracts';
import { costText, percent, points, STAGE_MEANING, StageGlyph } from '@blastwise/ui';
import { UserRoundSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FieldResult } from './types.ts';

/** The decision in one line, and under it why. */
export function DecisionSummary(props: { result: FieldResult; referralCost: number | undefined }) {
  const { analysis, decision, margin } = props.result;
  const { stage } = decision;
  if (stage === null) {
    const reasons = [...new Set([...analysis.reasons, ...decision.reasons])];
    return (
      <Summary headline="Not assessable">
        {reasons.length > 0
          ? reasons.map((r) => REASON_TEXT[r]).join(' ')
          : 'No stage is given for this field.'}
      </Summary>
    );
  }
  if (decision.defer) {
    return (
      <Summary
        headline={
          <>
            <UserRoundSearch aria-hidden="true" className="size-5 text-warn" /> Deferred
            <span className="text-base font-normal text-ink-3">to a second reader</span>
          </>
        }
      >
        {decision.reasons.map((reason) => REASON_TEXT[reason]).join(' ')}
        {decision.reasons.includes('expected-cost-above-referral') ? (
          <>
            {' '}
            The cheapest answer, {stage}, is expected to cost{' '}
            <b className="tabular font-semibold text-ink">{costText(decision.expectedCost)}</b>
            {props.referralCost === undefined
              ? ''
              : `; a second reading costs ${costText(props.referralCost)}`}
            .
          </>
        ) : null}
      </Summary>
    );
  }
  const top = analysis.probabilities[stage];
  return (
    <Summary
      headline={
        <>
          <StageGlyph stage={stage} className="size-4" /> {stage}
          <span className="text-base font-normal text-ink-3">{STAGE_MEANING[stage]}</span>
        </>
      }
    >
      {stage === analysis.stage ? (
        <>
          <b className="tabular font-semibold text-ink">{percent(top)}</b> probable, {points(margin)} ahead of
          the next stage. Expected cost{' '}
          <b className="tabular font-semibold text-ink">{costText(decision.expectedCost)}</b>, the lowest of
          the four.
        </>
      ) : (
        <>
          {analysis.stage} is more probable ({percent(analysis.probabilities[analysis.stage])}), but being
          wrong with it would cost more: calling it {stage} is expected to cost{' '}
          <b className="tabular font-semibold text-ink">{costText(decision.expectedCost)}</b>, the lowest of
          the four.
        </>
      )}
    </Summary>
  );
}

function Summary({ headline, children }: { headline: ReactNode; children: ReactNode }) {
  return (
    <section className="min-h-36 border-b border-rule px-4 py-3">
      <h2 className="eyebrow">Decision</h2>
      <p className="mt-1 flex items-center gap-2 text-xl font-semibold tracking-tight" data-testid="decision">
        {headline}
      </p>
      <p className="mt-1 text-xs text-ink-2">{children}</p>
    </section>
  );
}

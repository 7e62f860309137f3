import { Badge } from '@blastwise/ui';
import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react';
import { DistributionPlot } from './distribution-plot.tsx';
import { QUANTITY_WORDS, STATE_WORDS, statisticText } from './drift-words.ts';
import { HistoryPlot } from './history-plot.tsx';
import type { Finding, WatchedQuantity } from './types.ts';

const SIGNS = {
  steady: { tone: 'good', icon: <CircleCheck aria-hidden="true" /> },
  drifting: { tone: 'warn', icon: <TriangleAlert aria-hidden="true" /> },
  'too-few-cases': { tone: 'neutral', icon: <Hourglass aria-hidden="true" /> },
} as const;

/** One quantity: its state in words, both distributions, and the statistic of every window. */
export function QuantityCard({ watched: { quantity, finding, history } }: { watched: WatchedQuantity }) {
  const { label, hint } = QUANTITY_WORDS[quantity];
  const state: Finding['state'] = finding?.state ?? 'too-few-cases';
  return (
    <section aria-label={label} className="rounded-md border border-rule bg-surface px-4 py-3">
      <h3 className="flex items-center gap-2 text-sm font-medium">
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <Badge tone={SIGNS[state].tone}>
          {SIGNS[state].icon} {STATE_WORDS[state]}
        </Badge>
      </h3>
      <p className="truncate text-xs text-ink-3" title={hint}>
        {hint}
      </p>
      <div className="h-21">
        {finding && finding.bins.length > 0 ? <DistributionPlot finding={finding} /> : null}
      </div>
      <HistoryPlot history={history} />
      <p className="tabular mt-1 flex justify-between gap-2 text-xs text-ink-2">
        <span>{finding ? statisticText(finding) : 'no window yet'}</span>
        {finding?.psi === null || finding?.psi === undefined || finding.statistic === 'psi' ? null : (
          <span className="text-ink-3">PSI {finding.psi.toFixed(2)}</span>
        )}
      </p>
      <p className="tabular text-xs text-ink-3">
        {finding ? `${finding.windowCases} patients against ${finding.referenceCases}` : '\u00a0'}
      </p>
    </section>
  );
}

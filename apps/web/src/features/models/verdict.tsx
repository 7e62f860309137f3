import { Badge, Callout, Table, Td, Th } from '@blastwise/ui';
import { Moment } from '../shared/index.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { plottedIntervals } from './plotted-intervals.ts';
import type { Judgement, LockedTestUse } from './types.ts';
import { figureRows, rulesText, shortDigest, wordsOf } from './words.ts';

/** What the gate said of a model last, with the figures that say why. */
export function Verdict({ title, use }: { title: string; use: LockedTestUse }) {
  const { text, tone } = wordsOf(use);
  return (
    <section aria-label={title} className="mb-7 max-w-[46rem]">
      <h3 className="mb-2 flex items-center gap-2 border-b border-rule pb-1.5">
        <span className="eyebrow">{title}</span> <Badge tone={tone}>{text}</Badge>
        <span className="flex-1" />
        <span className="text-xs text-ink-3">
          against <span className="font-mono">{shortDigest(use.championDigest)}</span> on {use.setName}, asked
          by {use.requestedBy.name}, <Moment at={use.createdAt} />
        </span>
      </h3>
      {use.failure ? (
        <Callout tone="warn">{use.failure} This use of the set is not counted.</Callout>
      ) : use.judgement ? (
        <Judged judgement={use.judgement} use={use} />
      ) : (
        <p className="text-sm text-ink-3">
          The inference service scores both models on the same fields; the verdict appears here by itself.
        </p>
      )}
    </section>
  );
}

function Judged({ judgement, use }: { judgement: Judgement; use: LockedTestUse }) {
  const { reasons, decidedOn, locked, reserved, guard } = judgement;
  return (
    <>
      <ul className="mb-3 flex list-disc flex-col gap-1 pl-5 text-sm marker:text-ink-3">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div className="mb-3 grid gap-6 sm:grid-cols-2">
        {plottedIntervals(judgement).map((plotted) => (
          <IntervalPlot key={plotted.title} plotted={plotted} />
        ))}
      </div>
      <Figures title="Locked test set" rows={figureRows(locked)} />
      {reserved ? <Figures title="Reserved among corrected cases" rows={figureRows(reserved)} /> : null}
      {guard ? (
        <Figures
          title={`First locked test set, ${guard.setName}`}
          rows={figureRows(guard.comparison).map(([what, value]) => [what, value, ''])}
        />
      ) : null}
      <p className="text-xs text-ink-3">{rulesText((decidedOn === 'reserved' && reserved) || locked, use)}</p>
    </>
  );
}

function Figures({ title, rows }: { title: string; rows: ReturnType<typeof figureRows> }) {
  return (
    <Table className="mb-4">
      <caption className="sr-only">{title}: figures of the comparison</caption>
      <thead>
        <tr>
          <Th>{title}</Th>
          <Th numeric>Measured</Th>
          <Th numeric>Asked for</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([what, value, asked]) => (
          <tr key={what}>
            <Td className="py-1">{what}</Td>
            <Td numeric className="py-1">
              {value}
            </Td>
            <Td numeric className="py-1 text-ink-3">
              {asked}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

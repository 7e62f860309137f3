import { Badge, Callout, Table, Td, Th } from '@blastwise/ui';
import { Moment } from '../shared/index.ts';
import type { Comparison, LockedTestUse } from './types.ts';
import { figureRows, shortDigest, wordsOf } from './words.ts';

/** What the gate said of a model last, with the figures that say why. */
export function Verdict({ use }: { use: LockedTestUse }) {
  const { text, tone } = wordsOf(use);
  return (
    <section aria-label="Verdict" className="mb-7 max-w-[46rem]">
      <h3 className="mb-2 flex items-center gap-2 border-b border-rule pb-1.5">
        <span className="eyebrow">Verdict</span> <Badge tone={tone}>{text}</Badge>
        <span className="flex-1" />
        <span className="text-xs text-ink-3">
          against <span className="font-mono">{shortDigest(use.championDigest)}</span> on {use.setName}, asked
          by {use.requestedBy.name}, <Moment at={use.createdAt} />
        </span>
      </h3>
      {use.failure ? (
        <Callout tone="warn">{use.failure} This use of the set is not counted.</Callout>
      ) : use.judgement ? (
        <>
          <ul className="mb-3 flex list-disc flex-col gap-1 pl-5 text-sm marker:text-ink-3">
            {use.judgement.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          <Figures title="Locked test set" comparison={use.judgement.locked} />
          {use.judgement.reserved ? (
            <Figures title="Reserved among corrected cases" comparison={use.judgement.reserved} />
          ) : null}
        </>
      ) : (
        <p className="text-sm text-ink-3">
          The inference service scores both models on the same fields; the verdict appears here by itself.
        </p>
      )}
    </section>
  );
}

function Figures({ title, comparison }: { title: string; comparison: Comparison }) {
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
        {figureRows(comparison).map(([what, value, asked]) => (
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

'use client';

import { cellWords, costText, STAGES, Table, Td, Th } from '@blastwise/ui';
import { LoadError } from '../shared/index.ts';
import { basisLines, weightLines } from './basis-words.ts';
import { evidenceText } from './learned-words.ts';
import type { CostVersion } from './types.ts';
import { useBasis } from './use-basis.ts';

/** What a version computed from readers' judgements rests on, for who decides on it; nothing of one drawn up by hand. */
export function VersionBasis({ version }: { version: CostVersion }) {
  const { data: basis, error, refetch } = useBasis(version);
  if (error) return <LoadError error={error} onRetry={() => refetch()} />;
  if (!basis) return null;
  const lines = basisLines(basis, version.costs);
  return (
    <section className="mt-7">
      <h3 className="eyebrow mb-1.5 border-b border-rule pb-1.5">Started from readers’ judgements</h3>
      <Table aria-label="What the costs rest on">
        <thead>
          <tr>
            <Th className="pl-0">Error</Th>
            <Th numeric>In force then</Th>
            <Th numeric>Computed</Th>
            <Th numeric>This version</Th>
            <Th>Origin</Th>
            <Th numeric>Heads for</Th>
            <Th>Evidence</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ cell, cost, origin }) => (
            <tr key={`${cell.actual} ${cell.predicted}`}>
              <Td className="pl-0">
                {cellWords(STAGES.indexOf(cell.actual), STAGES.indexOf(cell.predicted))}
              </Td>
              <Td numeric>{cell.active}</Td>
              <Td numeric>{cell.proposed}</Td>
              <Td numeric>
                <b className="font-semibold">{cost}</b>
              </Td>
              <Td className={origin === 'changed by hand' ? 'font-medium text-warn' : undefined}>{origin}</Td>
              <Td numeric>
                {costText(cell.posterior)}
                <span className="ml-1.5 text-2xs text-ink-3">
                  {costText(cell.interval.lower)} to {costText(cell.interval.upper)}
                </span>
              </Td>
              <Td>{evidenceText(cell)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {weightLines(basis.weights).map((line) => (
        <p key={line} className="mt-1 text-xs text-ink-3">
          {line}
        </p>
      ))}
    </section>
  );
}

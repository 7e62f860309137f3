import { costText, Table, Td, Th } from '@blastwise/ui';
import type { CostComparison, CostPreview } from './types.ts';

/** What decisions cost by the draft: as they are, and as they would be. Keeps its height while figures come and go. */
export function CostComparisonTable({ expected, realised }: Pick<CostPreview, 'expected' | 'realised'>) {
  return (
    <div className="mt-3">
      <Table aria-label="Cost of a field by these figures">
        <thead>
          <tr>
            <Th className="pl-0">Cost of a field by these figures</Th>
            <Th numeric>Fields</Th>
            <Th numeric>Decided as now</Th>
            <Th numeric>Decided by them</Th>
            <Th numeric>Difference</Th>
          </tr>
        </thead>
        <tbody>
          <Row title="Expected, unsettled fields" comparison={expected} />
          <Row title="Realised, settled fields" comparison={realised} />
        </tbody>
      </Table>
      <p className="mt-1.5 text-xs text-ink-3">
        With 95 % intervals over patients, from five on. Settled fields are those that readers looked at: no
        random share of all.
      </p>
    </div>
  );
}

function Row({ title, comparison }: { title: string; comparison: CostComparison | null }) {
  return (
    <tr>
      <Td className="pl-0">{title}</Td>
      {comparison ? (
        <>
          <Td numeric>{comparison.fields}</Td>
          <Td numeric>
            <Mean {...comparison.before} />
          </Td>
          <Td numeric>
            <Mean {...comparison.after} />
          </Td>
          <Td numeric>
            <Mean {...comparison.difference} signed />
          </Td>
        </>
      ) : (
        <Td numeric colSpan={4} className="text-ink-3">
          none yet
        </Td>
      )}
    </tr>
  );
}

type MeanCost = CostComparison['before'];

function Mean({ mean, interval, signed = false }: MeanCost & { signed?: boolean }) {
  const text = signed ? signedCost : costText;
  return (
    <>
      {text(mean)}
      <span className="ml-1.5 inline-block min-w-24 text-left text-2xs text-ink-3">
        {interval ? `${text(interval.lower)} to ${text(interval.upper)}` : ''}
      </span>
    </>
  );
}

/** With a sign; what is shown as 0 has none. */
export function signedCost(cost: number): string {
  const size = costText(Math.abs(cost));
  if (size === costText(0)) return size;
  return `${cost < 0 ? '−' : '+'}${size}`;
}

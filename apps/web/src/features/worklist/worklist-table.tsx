'use client';

import { Skeleton, Table, Td, Th, useShortcuts } from '@blastwise/ui';
import { useEffect, useRef } from 'react';
import { useWorklistView } from '../shell/index.ts';
import type { WorklistRow } from './use-worklist.ts';
import { WorklistLine } from './worklist-line.tsx';

const HEAD = (
  <thead className="sticky top-0 z-10 bg-bg">
    <tr>
      <Th className="w-19 pl-5">
        <span className="sr-only">Field</span>
      </Th>
      <Th className="w-[21%]">Pseudonym</Th>
      <Th className="w-[13%]">State</Th>
      <Th className="w-[21%]">Stage</Th>
      <Th numeric className="w-[10%]">
        Expected cost
      </Th>
      <Th numeric className="w-[9%]" title="How far the most probable stage is ahead of the next">
        Lead
      </Th>
      <Th className="pl-8">By</Th>
      <Th numeric className="w-[9%] pr-5">
        Submitted
      </Th>
    </tr>
  </thead>
);

/** The rows; j and k or the arrows move the focus from case to case, Enter opens. */
export function WorklistTable({ rows }: { rows: readonly WorklistRow[] }) {
  const { current, setCurrent } = useWorklistView();
  const links = useRef(new Map<string, HTMLAnchorElement>());
  const move = (by: number) => {
    const at = rows.findIndex((row) => row.caseId === current);
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    setCurrent(next.caseId);
    const link = links.current.get(next.caseId);
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  };
  const next = () => move(1);
  const previous = () => move(-1);
  useShortcuts({
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    Enter: () => (current ? links.current.get(current)?.click() : undefined),
  });
  // Coming back from a case, the list takes up where it was left.
  const cameFrom = useRef(current);
  useEffect(() => {
    const link = cameFrom.current ? links.current.get(cameFrom.current) : undefined;
    link?.scrollIntoView({ block: 'center' });
  }, []);

  return (
    <Table aria-label="Cases" className="table-fixed">
      {HEAD}
      <tbody>
        {rows.map((row) => (
          <WorklistLine
            key={row.caseId}
            row={row}
            selected={row.caseId === current}
            onSelect={() => setCurrent(row.caseId)}
            linkRef={(element) => {
              if (element) links.current.set(row.caseId, element);
              else links.current.delete(row.caseId);
            }}
          />
        ))}
      </tbody>
    </Table>
  );
}

const PLACES = Array.from({ length: 14 }, (_, i) => `row-${i}`);

/** Rows of the final height. */
export function WorklistSkeleton() {
  return (
    <Table aria-label="Loading cases" aria-busy="true" className="table-fixed">
      {HEAD}
      <tbody>
        {PLACES.map((place) => (
          <tr key={place}>
            <Td className="h-12 py-1 pl-5">
              <Skeleton className="size-10" />
            </Td>
            <Td>
              <Skeleton className="h-4 w-32" />
            </Td>
            <Td>
              <Skeleton className="h-4 w-20" />
            </Td>
            <Td>
              <Skeleton className="h-4 w-28" />
            </Td>
            <Td />
            <Td />
            <Td>
              <Skeleton className="h-4 w-24" />
            </Td>
            <Td className="pr-5" />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

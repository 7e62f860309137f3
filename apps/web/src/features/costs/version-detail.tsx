'use client';

import { Badge, Button, cellWords, costChanges, MatrixTable, STAGES } from '@blastwise/ui';
import type { ReactNode } from 'react';
import { Moment } from '../shared/index.ts';
import { ApprovalBar } from './approval-bar.tsx';
import { DominanceWarnings } from './dominance-warnings.tsx';
import { DraftBar } from './draft-bar.tsx';
import type { CostVersion, DraftStart } from './types.ts';
import { VersionBasis } from './version-basis.tsx';
import { StatusBadge } from './version-list.tsx';
import { startAgain } from './version-start.ts';
import { WhatIf } from './what-if.tsx';

/** One version: its figures against those in force, who proposed and decided it, and what it would change. */
export function VersionDetail(props: {
  version: CostVersion;
  active: CostVersion;
  onDrawUp: (start: DraftStart) => void;
}) {
  const { version, active, onDrawUp } = props;
  const waiting = version.status === 'proposed';
  const drafted = version.status === 'draft';
  const over = version.status === 'retired' || version.status === 'rejected';
  const changes = costChanges(active.costs, version.costs);
  return (
    <article className="mx-auto max-w-[60rem] px-7 py-6">
      <header className="mb-5 flex flex-wrap items-center gap-3">
        <h2 className="text-xl font-semibold tracking-tight">
          <span className="tabular mr-2 font-normal text-ink-3">v{version.version}</span>
          {version.name}
        </h2>
        <StatusBadge status={version.status} />
        {version.validated ? null : <Badge>unvalidated</Badge>}
        <span className="flex-1" />
        {over ? <Button onClick={() => onDrawUp(startAgain(version, active))}>Propose again</Button> : null}
      </header>
      {drafted ? <DraftBar version={version} active={active} onDrawUp={onDrawUp} /> : null}
      {waiting ? <ApprovalBar version={version} /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)_17rem] gap-x-10 gap-y-6">
        <div>
          <MatrixTable costs={version.costs} against={version.id === active.id ? null : active.costs} />
          <p className="tabular mt-3 text-sm text-ink-2">
            A second reading costs <b className="font-semibold text-ink">{version.costs.referralCost}</b>
            {version.costs.referralCost === active.costs.referralCost
              ? ''
              : ` (${active.costs.referralCost} in force)`}
            . Rows are the truth, columns the answer given.
          </p>
          {waiting || drafted ? null : <DominanceWarnings costs={version.costs} />}
        </div>
        <dl className="flex flex-col gap-3 text-sm">
          {version.reason ? <Fact name="Reason">{version.reason}</Fact> : null}
          {version.proposedBy && version.proposedAt ? (
            <Fact name="Proposed by">
              {version.proposedBy.name}, <Moment at={version.proposedAt} />
            </Fact>
          ) : version.createdBy ? (
            <Fact name="Drawn up by">
              {version.createdBy.name}, <Moment at={version.createdAt} />
            </Fact>
          ) : (
            <Fact name="Origin">
              The published study; symmetric, so a missed leukemia costs as much as a false alarm
            </Fact>
          )}
          {version.decidedBy && version.decidedAt ? (
            <Fact name={version.status === 'rejected' ? 'Rejected by' : 'Activated by'}>
              {version.decidedBy.name}, <Moment at={version.decidedAt} />
            </Fact>
          ) : null}
          {version.decisionReason ? <Fact name="Because">{version.decisionReason}</Fact> : null}
          {version.retiredAt ? (
            <Fact name="Retired">
              <Moment at={version.retiredAt} />
            </Fact>
          ) : null}
        </dl>
      </div>
      {version.id !== active.id ? (
        <section className="mt-7">
          <h3 className="eyebrow mb-1.5 border-b border-rule pb-1.5">Against v{active.version} in force</h3>
          {changes.length === 0 ? (
            <p className="text-sm text-ink-3">The same figures.</p>
          ) : (
            <ul className="tabular text-sm text-ink-2 columns-2 gap-10">
              {changes.map((change) => (
                <li
                  key={`${change.actual}-${change.predicted}`}
                  className="flex justify-between gap-4 py-0.5"
                >
                  <span>{changeWords(change)}</span>
                  <span className="font-mono text-xs whitespace-nowrap">
                    {change.from} → <b className="text-ink">{change.to}</b>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      ) : null}
      <VersionBasis version={version} />
      {waiting || drafted ? (
        <section className="mt-7">
          <h3 className="eyebrow mb-2 border-b border-rule pb-1.5">If activated now</h3>
          <WhatIf key={version.id} costs={version.costs} />
        </section>
      ) : null}
    </article>
  );
}

function changeWords({ actual, predicted }: ReturnType<typeof costChanges>[number]): string {
  if (actual === null || predicted === null) return 'a second reading';
  return cellWords(STAGES.indexOf(actual), STAGES.indexOf(predicted));
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="eyebrow">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

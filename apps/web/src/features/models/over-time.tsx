'use client';

import { Badge, EmptyState, Skeleton, Table, Td, Th } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { LineChart } from 'lucide-react';
import { useTRPC } from '../../trpc/client.tsx';
import { CoursePlot, costUnit, figureText, sampleText } from '../progress/index.ts';
import { LoadError, Moment } from '../shared/index.ts';
import { JudgementPlot } from './judgement-plot.tsx';
import type { LockedTestUse } from './types.ts';
import { intervalText, judgedPoints, modelLabel, shortDigest, wordsOf } from './words.ts';

/** What the gate measured from judgement to judgement, and what the models that served cost week by week. */
export function OverTime({ uses }: { uses: readonly LockedTestUse[] }) {
  return (
    <div className="flex max-w-[60rem] flex-col gap-9 px-7 py-6">
      <Judgements uses={uses} />
      <Serving />
    </div>
  );
}

function Judgements({ uses }: { uses: readonly LockedTestUse[] }) {
  const points = judgedPoints(uses);
  return (
    <section aria-label="Judgements over time">
      <h3 className="mb-1 text-base font-semibold">Judgements</h3>
      {points.length === 0 ? (
        <EmptyState icon={<LineChart />} title="Nothing was judged yet" className="py-8">
          Choose a challenger in the registry and judge it: every judgement puts a point with its interval
          here.
        </EmptyState>
      ) : (
        <>
          <p className="mb-3 text-xs text-ink-3">
            Cost per field, challenger minus champion, with its 95 % interval over groups: below the line the
            challenger is cheaper.
          </p>
          <JudgementPlot points={points} />
          <Table aria-label="Judgements, numbers" className="mt-3">
            <thead>
              <tr>
                <Th>When</Th>
                <Th>Challenger</Th>
                <Th>Against</Th>
                <Th>On</Th>
                <Th numeric>Cost difference</Th>
                <Th>Verdict</Th>
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map((point) => {
                const { text, tone } = wordsOf(point.verdict);
                return (
                  <tr key={point.id}>
                    <Td className="text-xs whitespace-nowrap">
                      <Moment at={point.at} />
                    </Td>
                    <Td className="font-mono text-xs">{shortDigest(point.challenger)}</Td>
                    <Td className="font-mono text-xs">{shortDigest(point.champion)}</Td>
                    <Td className="text-xs">
                      {point.fields} fields in {point.groups} groups, {point.setName}
                    </Td>
                    <Td numeric>{intervalText(point.difference, { difference: true })}</Td>
                    <Td>
                      <Badge tone={tone}>{text}</Badge>
                    </Td>
                  </tr>
                );
              })}
            </tbody>
          </Table>
        </>
      )}
    </section>
  );
}

function Serving() {
  const trpc = useTRPC();
  const { data, isError, error, refetch } = useQuery(trpc.models.course.queryOptions());
  return (
    <section aria-label="Cost in service">
      <h3 className="mb-1 text-base font-semibold">Cost in service</h3>
      {isError ? (
        <LoadError error={error} onRetry={() => refetch()} />
      ) : !data ? (
        <Skeleton className="h-48" />
      ) : data.models.length === 0 ? (
        <EmptyState icon={<LineChart />} title="No case was read in blind review yet" className="py-8">
          What a model costs in service is measured on the share of cases that chance sends to blind review;
          corrected cases are no fair sample. The share is set under Progress.
        </EmptyState>
      ) : (
        <>
          <p className="mb-4 text-xs text-ink-3">
            Cost per 100 cases by week, on cases of the blind review, under the costs in force, version{' '}
            {data.costMatrix.version}; with 95 % intervals over patients.
          </p>
          <div className="flex flex-col gap-6">
            {data.models.map((model) => (
              <section key={model.digest} aria-label={modelLabel(model)}>
                <h4 className="flex items-center gap-2 text-sm font-medium">
                  {model.name}{' '}
                  <span className="font-mono text-xs text-ink-3">{shortDigest(model.digest)}</span>
                  {model.state === 'champion' ? <Badge tone="good">champion</Badge> : null}
                </h4>
                <p className="tabular mb-2 text-xs text-ink-2">
                  {figureText(model.course.overall, costUnit)};{' '}
                  {sampleText(model.course, 'read in blind review', data.leastPatients)}
                </p>
                <CoursePlot
                  course={model.course}
                  unit={costUnit}
                  label={`Cost per 100 cases, ${modelLabel(model)}`}
                />
              </section>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

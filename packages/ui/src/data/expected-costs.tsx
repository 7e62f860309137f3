import { Check } from 'lucide-react';
import { cn } from '../cn.ts';
import { StageGlyph } from '../stages/stage-badge.tsx';
import { type ByStage, costText, STAGES, type StageName } from '../stages/stages.ts';
import { costScale } from './cost-scale.ts';

/**
 * What each answer is expected to cost, with the line above which a second reading is cheaper.
 * `chosen` null means that no stage was given; `deferred` that the field was referred.
 */
export function ExpectedCosts(props: {
  expected: ByStage;
  referralCost: number;
  chosen: StageName | null;
  deferred: boolean;
  className?: string;
}) {
  const scale = costScale(props.expected, props.referralCost);
  return (
    <table className={cn('w-full border-collapse', props.className)}>
      <caption className="sr-only">
        Expected cost of calling each stage; referral costs {costText(props.referralCost)}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Call it</th>
          <th scope="col">Bar</th>
          <th scope="col">Expected cost</th>
        </tr>
      </thead>
      <tbody>
        {STAGES.map((stage) => {
          const isChosen = stage === props.chosen && !props.deferred;
          return (
            <tr key={stage} className="h-7">
              <th
                scope="row"
                className={cn(
                  'w-24 text-left text-sm',
                  isChosen ? 'font-semibold' : 'font-normal text-ink-2',
                )}
              >
                <span className="inline-flex items-center gap-2 whitespace-nowrap">
                  <StageGlyph stage={stage} />
                  {stage}
                  {isChosen ? (
                    <>
                      <Check aria-hidden="true" className="size-3.5 stroke-[2.5]" />
                      <span className="sr-only">, chosen</span>
                    </>
                  ) : null}
                </span>
              </th>
              <td aria-hidden="true" className="relative px-2">
                <div className="relative h-7">
                  <div
                    className={cn(
                      'absolute inset-y-2.5 left-0 rounded-[2px]',
                      isChosen ? 'bg-ink' : 'bg-edge/60',
                    )}
                    style={{ width: `max(2px, ${scale.bars[stage] * 100}%)` }}
                  />
                  <div
                    className="absolute inset-y-0 border-l border-dashed border-ink-2"
                    style={{ left: `${scale.referral * 100}%` }}
                  />
                </div>
              </td>
              <td
                className={cn('tabular w-16 text-right text-sm', isChosen ? 'font-semibold' : 'text-ink-2')}
              >
                {costText(props.expected[stage])}
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="h-6">
          <th scope="row" className="text-left text-xs font-normal whitespace-nowrap text-ink-3">
            Second reading
          </th>
          <td aria-hidden="true" className="relative px-2">
            <div className="relative h-6">
              <div
                className="absolute top-0 h-2 border-l border-dashed border-ink-2"
                style={{ left: `${scale.referral * 100}%` }}
              />
            </div>
          </td>
          <td className="tabular text-right text-xs text-ink-3">{costText(props.referralCost)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

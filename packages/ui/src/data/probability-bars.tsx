import { cn } from '../cn.ts';
import { StageGlyph } from '../stages/stage-badge.tsx';
import { type ByStage, percent, STAGE_COLOR, STAGES, topStage } from '../stages/stages.ts';

/** Calibrated probabilities of the four stages as bars; read by a screen reader as a table. */
export function ProbabilityBars(props: { probabilities: ByStage; muted?: boolean; className?: string }) {
  const top = topStage(props.probabilities);
  return (
    <table className={cn('w-full border-collapse', props.className)}>
      <caption className="sr-only">Calibrated probability of each stage</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Bar</th>
          <th scope="col">Probability</th>
        </tr>
      </thead>
      <tbody>
        {STAGES.map((stage) => {
          const p = props.probabilities[stage];
          const isTop = stage === top && !props.muted;
          return (
            <tr key={stage} className="h-7">
              <th
                scope="row"
                className={cn('w-24 text-left text-sm', isTop ? 'font-semibold' : 'font-normal text-ink-2')}
              >
                <span className="inline-flex items-center gap-2 whitespace-nowrap">
                  <StageGlyph stage={stage} />
                  {stage}
                </span>
              </th>
              <td aria-hidden="true" className="px-2">
                <div className="h-2 overflow-hidden rounded-[2px] bg-hover">
                  <div
                    className="h-full transition-[width] duration-200"
                    style={{
                      width: `${Math.max(p * 100, 0.6)}%`,
                      background: props.muted ? 'var(--edge)' : STAGE_COLOR[stage],
                    }}
                  />
                </div>
              </td>
              <td className={cn('tabular w-16 text-right text-sm', isTop ? 'font-semibold' : 'text-ink-2')}>
                {percent(p)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

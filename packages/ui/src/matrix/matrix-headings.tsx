import { cn } from '../cn.ts';
import { StageGlyph } from '../stages/stage-badge.tsx';
import { STAGES, type StageName } from '../stages/stages.ts';

/** The orientation in words, for those who cannot see the table. */
export function MatrixCaption() {
  return (
    <caption className="sr-only">
      Misclassification costs. Rows: the true stage. Columns: the stage it was called.
    </caption>
  );
}

export function ColumnHeadings(props: { className: string }) {
  return STAGES.map((stage) => (
    <th key={stage} scope="col" className={cn('px-2 font-medium', props.className)}>
      <span className="flex items-center justify-end gap-1.5">
        <StageGlyph stage={stage} />
        {stage}
      </span>
    </th>
  ));
}

export function RowHeading(props: { stage: StageName; className: string }) {
  return (
    <th scope="row" className={cn('text-left font-medium', props.className)}>
      <span className="flex items-center gap-1.5">
        <StageGlyph stage={props.stage} />
        {props.stage}
      </span>
    </th>
  );
}

export { costTint } from './cost-tint.ts';
export {
  type CostChange,
  type CostDraft,
  type Costs,
  cellWords,
  checkDraft,
  costChanges,
  toDraft,
} from './draft.ts';
export { MatrixEditor } from './matrix-editor.tsx';
export { ColumnHeadings, MatrixCaption, RowHeading } from './matrix-headings.tsx';
export { MatrixTable } from './matrix-table.tsx';

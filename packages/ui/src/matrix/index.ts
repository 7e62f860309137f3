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
export { MatrixTable } from './matrix-table.tsx';

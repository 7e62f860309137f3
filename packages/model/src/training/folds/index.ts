export { foldSides } from './fold-sides.ts';
export {
  answersOf,
  COPIES,
  copyScores,
  type JudgedRow,
  judgedRows,
  outOfFold,
  sideRows,
  type TrainedFold,
} from './out-of-fold.ts';

export { foldSides } from './fold-sides.ts';
export { answersOf, copyScores, outOfFold, sideRows, type TrainedFold } from './out-of-fold.ts';

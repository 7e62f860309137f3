export { parseCsv } from './csv.ts';
export type { JudgedCorrection } from './evidence.ts';
export { type CostProposal, proposeCosts } from './propose.ts';
export { readCorrections } from './read-corrections.ts';
export { roundProposal } from './step.ts';

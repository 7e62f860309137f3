export { parseCsv } from './csv.ts';
export { type CostProposal, proposeCosts } from './propose.ts';
export { readCorrections } from './read-corrections.ts';

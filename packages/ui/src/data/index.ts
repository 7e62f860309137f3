export { ExpectedCosts } from './expected-costs.tsx';
export { LinePlot } from './line-plot.tsx';
export { ProbabilityBars } from './probability-bars.tsx';
export { RowTh, Table, Td, Th } from './table.tsx';

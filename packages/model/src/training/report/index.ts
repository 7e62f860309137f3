export { historyPlot, type PlotSeries } from './history-plot.ts';
export { modelCard } from './model-card.ts';
export { type CopyScores, type RunRecord, runRecordSchema } from './run-record.ts';

export { historyPlot, type PlotSeries } from './history-plot.ts';
export { type CardModel, modelCard } from './model-card.ts';
export { type CopyScores, parseRunRecord, type RunRecord, runRecordSchema } from './run-record.ts';
export { cardFiles, renewCard } from './write-card.ts';

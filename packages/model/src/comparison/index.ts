export { confusionPlot, costPlot } from './confusion-plot.ts';
export { type MeasureOptions, type ModelFigures, measureModel, TRAIN_SAMPLE } from './measure-model.ts';
export { type ModelStart, modelStart } from './model-start.ts';
export { STUDY_FIELDS, STUDY_ROWS, type StudyRow } from './study.ts';

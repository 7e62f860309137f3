export { CoursePlot } from './course-plot.tsx';
export { ProgressPage } from './progress-page.tsx';
export { costUnit, figureText, sampleText } from './progress-words.ts';

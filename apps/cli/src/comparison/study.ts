import type { Study } from './tables.ts';

/** The published figures, loaded when they are needed. */
export async function theStudy(): Promise<Study> {
  const { STUDY_FIELDS, STUDY_ROWS, TRAIN_SAMPLE } = await import('@blastwise/model');
  return { rows: STUDY_ROWS, fields: STUDY_FIELDS, trainSample: TRAIN_SAMPLE };
}

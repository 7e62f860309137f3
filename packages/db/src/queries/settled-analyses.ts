import type { MaturityStage } from '@blastwise/contracts';
import { desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, cases, imageStates, images } from '../schema/index.ts';
import type { Decide } from './decide.ts';
import { patientOfCase } from './patients.ts';
import { ANALYSIS } from './redecide.ts';

/** One field settled as a stage, with its analysis in force. */
export interface SettledAnalysis {
  readonly imageId: string;
  readonly caseId: string;
  /** Named by the patient's first case. */
  readonly patient: string;
  readonly actual: MaturityStage;
  /** Whether its case is in blind review, so that nothing of it alone may be shown. */
  readonly blind: boolean;
  readonly analysis: Parameters<Decide>[0];
}

/** For a preview: fields whose truth is held to be known, newest first. */
export async function settledAnalyses(db: Queryable, input: { limit: number }): Promise<SettledAnalysis[]> {
  return db
    .select({
      imageId: images.id,
      caseId: images.caseId,
      patient: patientOfCase,
      // Null where a field was settled as not assessable, which the condition leaves out.
      actual: sql<MaturityStage>`${imageStates.adjudicatedStage}`,
      blind: cases.blindReview,
      analysis: ANALYSIS,
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .innerJoin(cases, eq(cases.id, images.caseId))
    .innerJoin(analyses, eq(analyses.id, imageStates.analysisId))
    .where(sql`${imageStates.adjudicatedStage} is not null`)
    .orderBy(desc(images.createdAt), desc(images.id))
    .limit(input.limit);
}

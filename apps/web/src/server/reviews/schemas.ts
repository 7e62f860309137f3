import {
  certaintySchema,
  choiceWordSchema,
  confirmationSchema,
  correctionInputSchema,
  maturityStageSchema,
  severitySchema,
} from '@blastwise/contracts';
import { z } from 'zod';
import { editedMasksInput } from '../masks/schemas.ts';
import { idSchema, personSchema, timestampSchema } from '../shared/schemas.ts';

/** One reading of one field. Never overwritten: a later one names what it supersedes. */
export const correctionSchema = z.object({
  id: idSchema,
  imageId: idSchema,
  /** The result and decision the reader saw; null where the AI is hidden. */
  analysisId: idSchema.nullable(),
  decisionId: idSchema.nullable(),
  reader: personSchema,
  stage: maturityStageSchema.nullable(),
  certainty: certaintySchema,
  confirmedBy: confirmationSchema,
  /** Of the answer that the reader saw; 'none' also where the AI is hidden. */
  severity: severitySchema,
  comment: z.string(),
  /** Which masks stand as this reader corrected them; with the AI off, of those drawn without it. */
  masks: z.object({ mask: z.boolean(), nucleus: z.boolean() }),
  supersedesId: idSchema.nullable(),
  createdAt: timestampSchema,
});
export type Correction = z.infer<typeof correctionSchema>;

/**
 * `seen` says what stood on the reader's screen, null where no result did (AI off, not analysed yet). A newer
 * result since then is a CONFLICT, so that nobody signs what they have not seen.
 */
export const recordCorrectionInput = z.object({
  imageId: idSchema,
  seen: z.object({ analysisId: idSchema, decisionId: idSchema }).nullable(),
  correction: correctionInputSchema,
  masks: editedMasksInput.default({}),
});

/** Which decision the caller would rather take on a field in doubt; `decisionId` stood beside the question. */
export const chooseInput = z.object({ imageId: idSchema, decisionId: idSchema, answer: choiceWordSchema });

export const historyInput = z.object({ imageId: idSchema });

/** Over the fields that two readers have read. `kappa` null where chance alone agrees fully. */
export const agreementSchema = z.object({
  fields: z.int().positive(),
  patients: z.int().positive(),
  /** Share of the fields on which both say the same, 0..1. */
  observed: z.number(),
  kappa: z.number().nullable(),
  /** 95 %, or why it cannot be told: too few patients, or every draw of them gives the same kappa. */
  interval: z.union([z.object({ lower: z.number(), upper: z.number() }), z.enum(['too-few', 'too-uniform'])]),
});
export type Agreement = z.infer<typeof agreementSchema>;

export const agreementsSchema = z.object({
  pairs: z.array(agreementSchema.extend({ readers: z.tuple([personSchema, personSchema]) })),
  /** Null: no field was read by two readers. */
  overall: agreementSchema.nullable(),
});
export type Agreements = z.infer<typeof agreementsSchema>;

import { DomainError, maturityStageSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import { SIDES } from '../dataset/index.ts';
import { PERTURBATION_NAMES } from '../robustness/index.ts';

export const EVIDENCE_FILE = 'evidence.json';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const some = z.int().positive();

/** A mean with its 95 % interval; `n` fields, cells or pictures gave a value. */
export const estimateSchema = z.strictObject({
  mean: z.number(),
  lower: z.number(),
  upper: z.number(),
  n: some,
});

/** A figure of a whole side, which need be no mean, with its 95 % interval. */
export const figureSchema = z.strictObject({ value: z.number(), lower: z.number(), upper: z.number() });

/** The figures of the run's own judgement: of the most probable stage, never deferring, unless they say otherwise. */
const figuresSchema = z.strictObject({
  accuracy: figureSchema,
  totalCost: figureSchema,
  /** Total cost of the answers of lowest expected cost. */
  minimumRiskCost: figureSchema,
  averageCost: figureSchema,
  macroF1: figureSchema,
  /** Null where no field shows a malignant stage. */
  malignantToBenignRate: figureSchema.nullable(),
  ece: figureSchema,
  nll: figureSchema,
  /** Fields. */
  notAssessable: figureSchema,
  /** Agreement of the masks with the weak labels, over all pixels. */
  dice: figureSchema,
  iou: figureSchema,
});

const intervalSchema = z.strictObject({
  lower: z.number(),
  upper: z.number(),
  method: z.enum(['group-bootstrap', 'zero-errors']),
});

/** How the model does on the fields under one change of theirs; `condition` null: as they are. */
const robustnessRowSchema = z.strictObject({
  condition: z.strictObject({ name: z.enum(PERTURBATION_NAMES), strength: z.number() }).nullable(),
  n: some,
  groups: some,
  accuracy: share,
  averageCost: z.number().nonnegative(),
  /** Null where no field shows a malignant stage. */
  malignantToBenignRate: share.nullable(),
  /** Not assessable or deferred. */
  deferredShare: share,
  notAssessable: count,
  intervals: z.strictObject({
    accuracy: intervalSchema,
    averageCost: intervalSchema,
    malignantToBenignRate: intervalSchema.nullable(),
    deferredShare: intervalSchema,
  }),
});

const robustnessSchema = z.strictObject({
  n: some,
  groups: some,
  rows: z.array(robustnessRowSchema).min(1),
});

/** Null where no field gave a value. */
const explanationSchema = z.strictObject({
  n: some,
  groups: some,
  /** Rank correlation of the heat with that of shuffled weights. */
  randomisation: z.strictObject({ head: estimateSchema.nullable(), upper: estimateSchema.nullable() }),
  /** Shares of the heat on white cells, and of the field that they cover. */
  energy: z.strictObject({ onCells: estimateSchema.nullable(), cellArea: estimateSchema.nullable() }),
});

const perMethod = <Of extends z.ZodType>(of: Of) => z.strictObject({ hsv: of, stain: of, unet: of });

const agreementSchema = z.strictObject({
  dice: estimateSchema,
  iou: estimateSchema,
  /** Pictures whose Dice is below one half. */
  failures: count,
});

/** Single white cells whose masks were drawn by hand. */
const handMasksSchema = z.strictObject({
  n: some,
  sets: z
    .array(
      z.strictObject({
        set: z.string().min(1),
        n: some,
        /** `nucleus` null where the method draws none. */
        methods: perMethod(z.strictObject({ cell: agreementSchema, nucleus: agreementSchema.nullable() })),
      }),
    )
    .min(1),
});

/** White cells in boxes that a reader drew: found where the boxes overlap by half (IoU). */
const boxesSchema = z.strictObject({
  fields: some,
  truth: count,
  methods: perMethod(
    z.strictObject({
      found: count,
      matched: count,
      /** Of the cells drawn, and of those found; null where there is none. */
      recall: estimateSchema.nullable(),
      precision: estimateSchema.nullable(),
    }),
  ),
});

const coverageSchema = z.strictObject({
  n: some,
  groups: some,
  stages: z
    .array(
      z.strictObject({
        stage: maturityStageSchema,
        n: some,
        methods: perMethod(
          z.strictObject({
            /** Fields in which the method finds no cell. */
            empty: count,
            cells: estimateSchema,
            /** Shares of the field; `nucleus` null where the method draws none. */
            cell: estimateSchema,
            nucleus: estimateSchema.nullable(),
          }),
        ),
      }),
    )
    .min(1),
});

const flaggedSchema = z.strictObject({
  n: some,
  groups: some,
  /** Share that is flagged as unlike what the model learned from. */
  flagged: estimateSchema,
  notAssessable: count,
});

const noveltySchema = z.strictObject({
  /** Share of the validation fields that the threshold lets pass, at least. */
  passes: share,
  fields: flaggedSchema,
  recoloured: flaggedSchema,
  /** Photographs of single normal cells, by kind. */
  pbc: flaggedSchema
    .extend({ kinds: z.array(z.strictObject({ kind: z.string(), n: some, flagged: estimateSchema })) })
    .nullable(),
  /** Fields of another hospital. */
  bccd: flaggedSchema.nullable(),
});

/** The same fields as they are, with their white cells in exchanged places, and by their white cells one by one. */
const fieldOverCellsSchema = z.strictObject({
  n: some,
  groups: some,
  /** White cells a field. */
  cells: estimateSchema,
  accuracy: z.strictObject({ fields: estimateSchema, shuffled: estimateSchema, alone: estimateSchema }),
  /** Accuracy of the fields as they are less the other's, paired. */
  gain: z.strictObject({ shuffled: estimateSchema, alone: estimateSchema }),
});

/**
 * What was measured on a finished model, beside the record of its run. What could not be measured is null, never left
 * out, and each null has one reason: `masks.hand`, `masks.boxes`, `novelty.pbc` and `novelty.bccd`: no such set was
 * given; `novelty`: the model has no novelty score; `fieldOverCells`: no field shows a white cell. `figures` is also
 * null in evidence of before there were any.
 */
export const evidenceSchema = z.strictObject({
  format: z.literal('blastwise-evidence-1'),
  modelDigest: sha256Schema,
  seed: z.int().nonnegative(),
  side: z.strictObject({
    name: z.enum(SIDES),
    fields: some,
    groups: some,
    /** How many of them the model was made from; null where its own split is not known. */
    learnedFrom: count.nullable(),
  }),
  figures: figuresSchema.nullable().default(null),
  fieldOverCells: fieldOverCellsSchema.nullable(),
  robustness: robustnessSchema,
  novelty: noveltySchema.nullable(),
  masks: z.strictObject({
    coverage: coverageSchema,
    hand: handMasksSchema.nullable(),
    boxes: boxesSchema.nullable(),
  }),
  explanation: explanationSchema,
});
export type ModelEvidence = z.infer<typeof evidenceSchema>;

/** @throws DomainError INTERNAL naming the first field that the evidence lacks. */
export function parseEvidence(value: unknown): ModelEvidence {
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'its top';
  throw new DomainError('INTERNAL', `The evidence is incomplete: it lacks ${where}.`);
}

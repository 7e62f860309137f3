import {
  analysisSchema,
  certaintySchema,
  confirmationSchema,
  costBasisSchema,
  costMatrixSchema,
  costMatrixStatusSchema,
  decisionSchema,
  judgementSchema,
  lockedTestImageSchema,
  maturityStageSchema,
  passedOverSchema,
  roleSchema,
  severitySchema,
  sha256Schema,
  stageRecordSchema,
  trainingOptionsSchema,
  trainingOutcomeSchema,
  trainingProgressSchema,
  trainingStateSchema,
  verdictSchema,
} from '@blastwise/contracts';
import { z } from 'zod';
import { WORK_STATUSES } from './schema/case-states.ts';

export { WORK_STATUSES };

/** Rows as the query functions return them; the portal uses the same schemas for its procedures' outputs. */
const person = z.object({ id: z.uuid(), name: z.string() });

export const userSchema = person.extend({
  email: z.string(),
  role: roleSchema,
  mustChangePassword: z.boolean(),
  disabledAt: z.date().nullable(),
  createdAt: z.date(),
});
export type User = z.infer<typeof userSchema>;

export const analysisRowSchema = analysisSchema.extend({
  id: z.uuid(),
  margin: z.number(),
  maskSha256: sha256Schema,
  nucleusSha256: sha256Schema.nullable(),
  /** Blobs of each stage's Grad-CAM. */
  heatmaps: stageRecordSchema(sha256Schema).nullable(),
  durationMs: z.int().nonnegative(),
  createdAt: z.date(),
});
export type AnalysisRow = z.infer<typeof analysisRowSchema>;

export const decisionRowSchema = decisionSchema.extend({
  id: z.uuid(),
  analysisId: z.uuid(),
  costMatrixId: z.uuid(),
  costMatrixVersion: z.int(),
  costMatrixName: z.string(),
  costMatrixValidated: z.boolean(),
  /** Of that matrix. */
  referralCost: z.number(),
  expectedCost: z.number(),
  createdAt: z.date(),
});
export type DecisionRow = z.infer<typeof decisionRowSchema>;

export const correctionRowSchema = z.object({
  id: z.uuid(),
  imageId: z.uuid(),
  analysisId: z.uuid().nullable(),
  decisionId: z.uuid().nullable(),
  reader: person.extend({ role: roleSchema }),
  stage: maturityStageSchema.nullable(),
  certainty: certaintySchema,
  confirmedBy: confirmationSchema,
  severity: severitySchema,
  comment: z.string(),
  maskSha256: sha256Schema.nullable(),
  nucleusSha256: sha256Schema.nullable(),
  /** Whether one of the masks may have begun from what a model drew. */
  masksFromResult: z.boolean(),
  supersedesId: z.uuid().nullable(),
  createdAt: z.date(),
});
export type CorrectionRow = z.infer<typeof correctionRowSchema>;

export const workStatusSchema = z.enum(WORK_STATUSES);
export type WorkStatus = z.infer<typeof workStatusSchema>;

export const imageRowSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  position: z.int(),
  blobSha256: sha256Schema,
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  status: workStatusSchema,
  failureCode: z.string().nullable(),
  createdAt: z.date(),
});
export type ImageRow = z.infer<typeof imageRowSchema>;

export const costMatrixRowSchema = z.object({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  costs: costMatrixSchema,
  digest: sha256Schema,
  validated: z.boolean(),
  status: costMatrixStatusSchema,
  /** Null: drawn up by hand. */
  basis: costBasisSchema.nullable(),
  createdBy: person.nullable(),
  createdAt: z.date(),
  reason: z.string().nullable(),
  proposedBy: person.nullable(),
  proposedAt: z.date().nullable(),
  decidedBy: person.nullable(),
  decidedAt: z.date().nullable(),
  decisionReason: z.string().nullable(),
  retiredAt: z.date().nullable(),
});
export type CostMatrixRow = z.infer<typeof costMatrixRowSchema>;

/** Champion: serves. Challenger: never served. Refused: the gate said so last. Retired: served before. */
export const modelStateSchema = z.enum(['champion', 'challenger', 'refused', 'retired']);
export type ModelState = z.infer<typeof modelStateSchema>;

export const modelRowSchema = z.object({
  digest: sha256Schema,
  name: z.string(),
  card: z.string(),
  /** Names of the run's plots. */
  plots: z.array(z.string()),
  manifest: z.record(z.string(), z.unknown()),
  createdAt: z.date(),
  /** Null: the service itself, or somebody at the server. */
  registeredBy: person.nullable(),
  /** Who started or resumed a training of it in the product. */
  trainers: z.array(person),
  /** Start of its present service; null: not in service. */
  inServiceFrom: z.date().nullable(),
  /** Who put it into service; null: the service itself. */
  inServiceBy: person.nullable(),
  state: modelStateSchema,
});
export type ModelRow = z.infer<typeof modelRowSchema>;

export const lockedTestSetRowSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  origin: z.string(),
  contentSha256: sha256Schema,
  /** The network whose features the set holds; null where it holds images. */
  networkSha256: sha256Schema.nullable(),
  images: z.array(lockedTestImageSchema).nullable(),
  fields: z.int().positive(),
  groups: z.int().positive(),
  /** The smallest of the sets that share it. */
  budget: z.int().positive(),
  used: z.int().nonnegative(),
  /** Sets that show some of the same fields: they share uses and budget. */
  sharesWith: z.array(z.object({ id: z.uuid(), name: z.string() })),
  createdAt: z.date(),
});
export type LockedTestSetRow = z.infer<typeof lockedTestSetRowSchema>;

/** A line of the ledger; without verdict and failure it waits. */
export const lockedTestUseRowSchema = z.object({
  id: z.uuid(),
  setId: z.uuid(),
  setName: z.string(),
  championDigest: sha256Schema,
  challengerDigest: sha256Schema,
  costMatrixId: z.uuid(),
  /** In force when it was asked for, and who had set it; null: nobody. */
  margin: z.number(),
  marginSetBy: person.nullable(),
  requestedBy: person,
  createdAt: z.date(),
  verdict: verdictSchema.nullable(),
  judgement: judgementSchema.nullable(),
  failure: z.string().nullable(),
  endedAt: z.date().nullable(),
});
export type LockedTestUseRow = z.infer<typeof lockedTestUseRowSchema>;
export const trainingRowSchema = trainingOptionsSchema.extend({
  id: z.uuid(),
  /** Null: somebody at the server's own command line. */
  requestedBy: person.nullable(),
  requestedAt: z.date(),
  reason: z.string(),
  baseDigest: sha256Schema,
  passedOver: passedOverSchema.nullable(),
  costMatrixId: z.uuid(),
  costMatrixVersion: z.int(),
  /** How many settled fields it was asked to learn from. */
  fields: z.int(),
  /** Of a network: fields of the registered folder when it was asked for; null: a head. */
  folderFields: z.int().nullable(),
  manifestSha256: sha256Schema,
  state: trainingStateSchema,
  attempt: z.int(),
  progress: trainingProgressSchema.nullable(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  resultDigest: sha256Schema.nullable(),
  outcome: trainingOutcomeSchema.nullable(),
  failure: z.string().nullable(),
});
export type TrainingRow = z.infer<typeof trainingRowSchema>;

export const auditRowSchema = z.object({
  id: z.int(),
  at: z.date(),
  actorId: z.uuid().nullable(),
  actorName: z.string().nullable(),
  actorRole: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  fields: z.array(z.string()),
  reason: z.string().nullable(),
  /** Place in the sealed chain; null: not sealed yet. */
  seq: z.int().nullable(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

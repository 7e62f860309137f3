import type { Adjudication } from '@blastwise/contracts';
import { inArray } from 'drizzle-orm';
import type { AuditKey } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import { imageStates } from '../schema/index.ts';
import type { Adjudicate } from './adjudications.ts';
import { lockCases } from './case-states.ts';
import { recordCorrection, type SeenResult } from './corrections.ts';
import {
  type BroughtReading,
  type PlacedReading,
  placeReadings,
  type RowProblem,
  type Standing,
  standingsOf,
} from './readings-to-import.ts';
import { serviceSettings } from './settings.ts';

export type { BroughtReading, RowProblem } from './readings-to-import.ts';

export interface ReadingsImport {
  readonly auditKey: AuditKey;
  readonly readings: readonly BroughtReading[];
  /** Where and why they were made, for the audit trail; never patient data. */
  readonly reason: string;
  readonly adjudicate: Adjudicate;
  /** Whether a reading may take the place of an earlier, different one of its reader. */
  readonly supersede: boolean;
  /** Everything is done and then undone, so that its outcome is known. */
  readonly rehearse: boolean;
}

export interface ImportOutcome {
  readonly recorded: number;
  /** Readings that their reader has given already, word for word and on the same answer; not recorded again. */
  readonly known: number;
  /** What is now held true of the fields of recorded readings. */
  readonly fields: Readonly<Record<Adjudication['status'], number>>;
  /** By row. With one, nothing is recorded. */
  readonly problems: readonly RowProblem[];
}

/**
 * Records readings that were made elsewhere, all or none, each as `recordCorrection` does and with an audit event
 * `correction.import` of its own. Brought again, they change nothing, also where their reader has said something else since.
 */
export async function importReadings(db: Queryable, input: ReadingsImport): Promise<ImportOutcome> {
  try {
    return await db.transaction(async (tx) => {
      const outcome = await importIn(tx, input);
      if (input.rehearse) throw new Rehearsed(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.outcome;
    throw error;
  }
}

/** Undoes the transaction and carries out what it came to. */
class Rehearsed extends Error {
  readonly outcome: ImportOutcome;
  constructor(outcome: ImportOutcome) {
    super('rehearsed');
    this.outcome = outcome;
  }
}

async function importIn(tx: Queryable, input: ReadingsImport): Promise<ImportOutcome> {
  const { placed, problems } = await placeReadings(tx, input.readings);
  // Nobody reads these fields meanwhile, nor does another import of the same file.
  await lockCases(tx, [...new Set(placed.map(({ field }) => field.caseId))]);
  const standings = await standingsOf(
    tx,
    placed.map(({ field }) => field.id),
  );
  const { aiEnabled } = await serviceSettings(tx);
  const due: { reading: PlacedReading; seen: SeenResult | null }[] = [];
  for (const reading of placed) {
    const standing = standings.get(reading.field.id);
    const verdict = standing ? weigh(reading, standing, { ...input, aiEnabled }) : 'There is no such field.';
    if (typeof verdict === 'string') problems.push({ row: reading.row, sentence: verdict });
    else if (verdict) due.push({ reading, seen: verdict.seen });
  }
  const known = placed.length - due.length;
  if (problems.length > 0) {
    problems.sort((a, b) => a.row - b.row);
    return { recorded: 0, known: 0, fields: { open: 0, disputed: 0, adjudicated: 0 }, problems };
  }
  for (const { reading, seen } of due) await record(tx, reading, seen, input);
  const fields = await tally(
    tx,
    due.map(({ reading }) => reading.field.id),
  );
  return { recorded: due.length, known, fields, problems };
}

const record = (
  tx: Queryable,
  { field, reader, correction }: PlacedReading,
  seen: SeenResult | null,
  { auditKey, adjudicate, reason }: ReadingsImport,
) =>
  recordCorrection(tx, {
    actor: { id: reader.id, role: reader.role },
    auditKey,
    imageId: field.id,
    seen,
    correction,
    adjudicate,
    broughtFrom: reason,
  });

/** The result that a reading is about, null where it is known already, or a sentence that refuses it. */
function weigh(
  brought: PlacedReading,
  { analysisId, decision, blindReview, readings }: Standing,
  { supersede, aiEnabled }: { readonly supersede: boolean; readonly aiEnabled: boolean },
): { seen: SeenResult | null } | string | null {
  const { reader, predicted } = brought;
  const own = readings.filter(({ readerId }) => readerId === reader.id);
  if (own.some((before) => says(before, brought))) return null;
  if (own.length > 0 && !supersede)
    return 'The reader has read this field before, and differently: supersede that, or leave this row out.';
  if (predicted === null) return { seen: null };
  if (!aiEnabled) return 'The AI is switched off, and readings made on its answer are not taken.';
  if (blindReview && own.length === 0)
    return 'The case is read blind, so its reader can have seen no answer.';
  if (analysisId === null || decision === null) return 'Nothing has been answered on this field yet.';
  if (decision.defer || decision.stage === null) return 'No stage was answered on this field.';
  if (decision.stage !== predicted) return 'The answer that stands for this field is another one.';
  return { seen: { analysisId, decisionId: decision.id } };
}

/** Whether a reading says all that was brought. What was read without an answer judges none, and leaves open whether one was judged. */
const says = (before: Standing['readings'][number], { correction, predicted }: PlacedReading): boolean =>
  before.stage === correction.stage &&
  before.certainty === correction.certainty &&
  before.confirmedBy === correction.confirmedBy &&
  before.comment === correction.comment &&
  (predicted === null || (before.seen === predicted && before.severity === correction.severity));

async function tally(tx: Queryable, imageIds: readonly string[]): Promise<ImportOutcome['fields']> {
  const fields = { open: 0, disputed: 0, adjudicated: 0 };
  const states = await tx
    .select({ adjudication: imageStates.adjudication })
    .from(imageStates)
    .where(inArray(imageStates.imageId, [...new Set(imageIds)]));
  for (const { adjudication } of states) if (adjudication) fields[adjudication] += 1;
  return fields;
}

import type { CorrectionInput, MaturityStage, Role } from '@blastwise/contracts';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { cases, corrections, decisions, imageStates, images, users } from '../schema/index.ts';

/** One reading that was made elsewhere. */
export interface BroughtReading {
  /** Of the file that it stands in; the header is row 1. */
  readonly row: number;
  /** A field by its identifier, or by the digest of its pixels as they are stored. */
  readonly field: { readonly id: string } | { readonly sha256: string };
  /** E-mail address of the reader's account, in small letters. */
  readonly reader: string;
  /** What was answered to the reader; null: read without an answer. */
  readonly predicted: MaturityStage | null;
  readonly correction: CorrectionInput;
}

/** What is wrong with a row, in a sentence without anything that stood in it. */
export interface RowProblem {
  readonly row: number;
  readonly column?: string;
  readonly sentence: string;
}

interface Reader {
  readonly id: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly mustChangePassword: boolean;
}

interface Field {
  readonly id: string;
  readonly caseId: string;
  readonly sha256: string;
}

/** A row with its reader and its field, before it is looked at what stands for the field. */
export interface PlacedReading extends Omit<BroughtReading, 'field' | 'reader'> {
  readonly field: Field;
  readonly reader: Reader;
}

/** What stands for a field: its decision, whether it is read blind, and what has been read of it. */
export interface Standing {
  readonly analysisId: string | null;
  readonly decision: {
    readonly id: string;
    readonly stage: MaturityStage | null;
    readonly defer: boolean;
  } | null;
  readonly blindReview: boolean;
  /** `seen`: the stage that the decision gave which the reader saw; null without one. */
  readonly readings: readonly (CorrectionInput & {
    readonly readerId: string;
    readonly seen: MaturityStage | null;
  })[];
}

/** Rows whose reader and field exist, each pair once; a problem for every other row. */
export async function placeReadings(
  db: Queryable,
  readings: readonly BroughtReading[],
): Promise<{ placed: PlacedReading[]; problems: RowProblem[] }> {
  const readers = await readersByEmail(db, [...new Set(readings.map(({ reader }) => reader))]);
  const fields = await fieldsNamed(db, readings);
  const placed: PlacedReading[] = [];
  const problems: RowProblem[] = [];
  const rows = new Map<string, number>();
  for (const reading of readings) {
    const { row } = reading;
    const reader = readers.get(reading.reader);
    const found = fields.get(keyOf(reading.field)) ?? [];
    const [field] = found;
    const refused = readerProblem(reader);
    if (refused !== null || !reader) {
      problems.push({ row, column: 'reader', sentence: refused ?? NO_ACCOUNT });
      continue;
    }
    if (!field || found.length > 1) {
      problems.push({ row, sentence: fieldProblem(reading.field, found) });
      continue;
    }
    const pair = `${field.id} ${reader.id}`;
    const before = rows.get(pair);
    if (before === undefined) {
      rows.set(pair, row);
      placed.push({ ...reading, field, reader });
    } else
      problems.push({ row, sentence: `Row ${before} holds this reader's reading of this field already.` });
  }
  return { placed, problems };
}

const keyOf = (field: BroughtReading['field']): string => ('id' in field ? field.id : field.sha256);

async function readersByEmail(db: Queryable, emails: string[]): Promise<Map<string, Reader>> {
  const rows = await db
    .select({
      email: users.email,
      id: users.id,
      role: users.role,
      disabledAt: users.disabledAt,
      mustChangePassword: users.mustChangePassword,
    })
    .from(users)
    .where(inArray(users.email, emails));
  return new Map(
    rows.map(({ email, disabledAt, ...reader }) => [email, { ...reader, disabled: disabledAt !== null }]),
  );
}

/** Fields by identifier and by digest of their pixels; a digest may be that of several. */
async function fieldsNamed(
  db: Queryable,
  readings: readonly BroughtReading[],
): Promise<Map<string, Field[]>> {
  const ids = readings.flatMap(({ field }) => ('id' in field ? [field.id] : []));
  const digests = readings.flatMap(({ field }) => ('sha256' in field ? [field.sha256] : []));
  const columns = { id: images.id, caseId: images.caseId, sha256: images.blobSha256 };
  const select = () => db.select(columns).from(images);
  const byId = await select().where(inArray(images.id, [...new Set(ids)]));
  const byDigest = await select()
    .where(inArray(images.blobSha256, [...new Set(digests)]))
    .orderBy(asc(images.id));
  const named = new Map<string, Field[]>(byId.map((field) => [field.id, [field]]));
  for (const field of byDigest) named.set(field.sha256, [...(named.get(field.sha256) ?? []), field]);
  return named;
}

const NO_ACCOUNT = 'No account has the e-mail address of the reader.';

function readerProblem(reader: Reader | undefined): string | null {
  if (!reader) return NO_ACCOUNT;
  if (reader.disabled) return "The reader's account is disabled.";
  if (reader.role === 'admin') return 'The reader is an admin, and admins read no fields.';
  if (reader.mustChangePassword) return 'The reader has not signed in yet and chosen a password.';
  return null;
}

/** Named at most, where several fields show the same pixels. */
const MOST = 5;

function fieldProblem(named: BroughtReading['field'], found: readonly Field[]): string {
  if (found.length === 0) return 'id' in named ? 'There is no such field.' : 'No field has these pixels.';
  const ids = found.slice(0, MOST).map(({ id }) => id);
  return `${found.length} fields have these pixels; name the one that was read in a column "field": ${ids.join(', ')}.`;
}

/** What stands for fields whose cases are locked. */
export async function standingsOf(
  db: Queryable,
  imageIds: readonly string[],
): Promise<Map<string, Standing>> {
  const ids = [...new Set(imageIds)];
  const states = await db
    .select({
      imageId: imageStates.imageId,
      analysisId: imageStates.analysisId,
      decision: { id: decisions.id, stage: decisions.stage, defer: decisions.defer },
      blindReview: cases.blindReview,
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .innerJoin(cases, eq(cases.id, images.caseId))
    .leftJoin(decisions, and(eq(decisions.id, imageStates.decisionId)))
    .where(inArray(imageStates.imageId, ids));
  const read = await db
    .select({
      imageId: corrections.imageId,
      readerId: corrections.readerId,
      stage: corrections.stage,
      certainty: corrections.certainty,
      confirmedBy: corrections.confirmedBy,
      severity: corrections.severity,
      comment: corrections.comment,
      seen: decisions.stage,
    })
    .from(corrections)
    .leftJoin(decisions, eq(decisions.id, corrections.decisionId))
    .where(inArray(corrections.imageId, ids));
  const readings = Map.groupBy(read, ({ imageId }) => imageId);
  return new Map(
    states.map(({ imageId, ...state }) => [imageId, { ...state, readings: readings.get(imageId) ?? [] }]),
  );
}

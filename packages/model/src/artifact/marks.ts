import { DomainError, MATURITY_STAGES, type MaturityStage, stageIndex } from '@blastwise/contracts';
import { type Mark, SIDES, type Side, THUMBNAIL } from '../dataset/index.ts';
import type { NamedTensor } from './dtype.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** The landmarks of fields that a model was made from or is judged on, without their pictures. Outside the digest. */
export const MARKS_FILE = 'landmarks.safetensors';

/** A field of which no picture is kept. */
export interface MarkedField {
  /** SHA-256 of its file. */
  readonly sha256: string;
  readonly stage: MaturityStage;
  readonly side: Side;
  readonly marks: readonly Mark[];
}

const HASH = 32;
/** Of a field: stage, side, number of marks. */
const OF_FIELD = 3;
/** Of a mark: column, row, whether it is dark. */
const OF_PLACE = 3;
/** Of a mark: signs, and which of them are unsure. */
const OF_WAVES = 2;
const MIDDLE = (THUMBNAIL - 1) / 2;
const MOST_SIGNS = 1 << 27;

/** 35 bytes a field and 11 a mark, some 210 in all. */
export function encodeMarks(fields: readonly MarkedField[]): Uint8Array {
  const [n, marks] = [fields.length, fields.flatMap((field) => field.marks)];
  const bytes = (name: string, shape: [number, number], values: readonly number[]): NamedTensor => ({
    ...{ name, dtype: 'U8', shape },
    data: Uint8Array.from(values),
  });
  const files = fields.flatMap(({ sha256 }) => [...Buffer.from(sha256, 'hex')]);
  const about = fields.flatMap(({ stage, side, marks: own }) => [
    stageIndex(stage),
    SIDES.indexOf(side),
    own.length,
  ]);
  const places = marks.flatMap(({ x, y, isDark }) => [x + MIDDLE, y + MIDDLE, Number(isDark)]);
  const waves = Int32Array.from(marks.flatMap(({ signs, unsure }) => [signs, unsure]));
  return writeSafetensors([
    bytes('files', [n, HASH], files),
    bytes('fields', [n, OF_FIELD], about),
    bytes('places', [marks.length, OF_PLACE], places),
    { name: 'waves', dtype: 'I32', shape: [marks.length, OF_WAVES], data: waves },
  ]);
}

/** @throws DomainError ARTIFACT_INVALID where a part is missing, out of range, or the parts disagree in length. */
export function decodeMarks(bytes: Uint8Array): MarkedField[] {
  const { tensors } = readSafetensors(bytes, MARKS_FILE);
  const refuse = (): never => {
    throw new DomainError('ARTIFACT_INVALID', `${MARKS_FILE} does not hold landmarks of fields.`);
  };
  const [files, about, places] = ['files', 'fields', 'places'].map((name) => tensors.get(name));
  const waves = tensors.get('waves');
  const [n = -1] = about?.shape ?? [];
  const [m = -1] = waves?.shape ?? [];
  const wellFormed =
    files?.data instanceof Uint8Array &&
    about?.data instanceof Uint8Array &&
    places?.data instanceof Uint8Array &&
    waves?.data instanceof Int32Array &&
    files.shape.join() === `${n},${HASH}` &&
    about.shape.join() === `${n},${OF_FIELD}` &&
    places.shape.join() === `${m},${OF_PLACE}` &&
    waves.shape.join() === `${m},${OF_WAVES}` &&
    places.data.every((value, i) => value < (i % OF_PLACE === 2 ? 2 : THUMBNAIL)) &&
    waves.data.every((value) => value >= 0 && value < MOST_SIGNS);
  if (!wellFormed) return refuse();
  const [hash, own, place, wave] = [files.data, about.data, places.data, waves.data];
  const markAt = (i: number): Mark => ({
    x: (place[OF_PLACE * i] ?? 0) - MIDDLE,
    y: (place[OF_PLACE * i + 1] ?? 0) - MIDDLE,
    isDark: place[OF_PLACE * i + 2] === 1,
    signs: wave[OF_WAVES * i] ?? 0,
    unsure: wave[OF_WAVES * i + 1] ?? 0,
  });
  let next = 0;
  const fields = Array.from({ length: n }, (_, i): MarkedField => {
    const [stage = 0, side = 0, count = 0] = own.subarray(OF_FIELD * i);
    const first = next;
    next += count;
    return {
      sha256: Buffer.from(hash.subarray(HASH * i, HASH * (i + 1))).toString('hex'),
      stage: MATURITY_STAGES[stage] ?? refuse(),
      side: SIDES[side] ?? refuse(),
      marks: Array.from({ length: count }, (_, mark) => markAt(first + mark)),
    };
  });
  return next === m ? fields : refuse();
}

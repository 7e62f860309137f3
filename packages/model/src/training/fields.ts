import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DomainError, stageIndex } from '@blastwise/contracts';
import type { NamedTensor } from '../artifact/index.ts';
import type { ViewSource } from '../counterfactual/index.ts';
import { byPath, type FieldName, type Side, type SplitField, scanFields } from '../dataset/index.ts';
import { backgroundStatistics, decodeImage, preprocess } from '../images/index.ts';
import { segmentStain, type WhiteCellMasks } from '../segmentation/index.ts';
import { readState, writeState } from './checkpoint.ts';
import { breathe, type Report } from './progress.ts';

/** A field ready for training: preprocessed, with its weak mask. */
export interface TrainingField extends ViewSource {
  readonly path: string;
  readonly side: Side;
  readonly group: string;
  /** The nuclei of the white cells, 0|1 a pixel. */
  readonly nucleus: Uint8Array;
  /** Position of `stage` in the order of the stages. */
  readonly label: number;
  /** Of masks that a reader drew: how much the U-Net's loss counts each, against 1 of a weak one. */
  readonly maskWeights?: MaskWeights;
}

export interface MaskWeights {
  readonly cells: number;
  readonly nuclei: number;
}

/** Digest over what is trained on: every field's side, group and content. */
export function dataHash(split: readonly SplitField[]): string {
  const hash = createHash('sha256');
  const lines = split.map((f) => `${f.path}\t${f.side}\t${f.group}\t${f.sha256}\n`).sort();
  for (const line of lines) hash.update(line);
  return hash.digest('hex');
}

/** Eight mask pixels in a byte. */
const packBits = (mask: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: Math.ceil(mask.length / 8) }, (_, i) =>
    [0, 1, 2, 3, 4, 5, 6, 7].reduce((byte, bit) => byte | ((mask[i * 8 + bit] ?? 0) << bit), 0),
  );

const unpackBits = (bits: Uint8Array, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => ((bits[i >> 3] ?? 0) >> (i & 7)) & 1);

function packed(path: string, channel: keyof WhiteCellMasks, mask: Uint8Array): NamedTensor {
  const data = packBits(mask);
  return { name: `${channel}/${path}`, dtype: 'U8', shape: [data.length], data };
}

/** The masks of a field that an earlier start of the run has found. */
function keptMasks(
  kept: ReadonlyMap<string, NamedTensor> | undefined,
  path: string,
  pixels: number,
): WhiteCellMasks | null {
  const [cell, nucleus] = ['cell', 'nucleus'].map((channel) => kept?.get(`${channel}/${path}`)?.data);
  if (!(cell instanceof Uint8Array && nucleus instanceof Uint8Array)) return null;
  return { cell: unpackBits(cell, pixels), nucleus: unpackBits(nucleus, pixels) };
}

/**
 * Decodes and preprocesses the fields of a split and finds their white cells (the weak labels of the masks), which
 * takes most of the time and is kept in `masksFile` for a resumed run. `nameOf` names fields in messages.
 *
 * @throws DomainError NOT_FOUND when a field of the split is missing, CONFLICT when its content has changed.
 */
export async function loadTrainingFields(
  directory: string,
  split: readonly SplitField[],
  masksFile: string,
  report: Report,
  nameOf: FieldName = byPath,
): Promise<TrainingField[]> {
  const files = new Map((await scanFields(directory)).map((f) => [f.path, f.file]));
  const kept = (await readState(masksFile))?.tensors;
  const fields: TrainingField[] = [];
  for (const field of split) {
    const { path, stage, side, group, sha256 } = field;
    const file = files.get(path);
    if (!file)
      throw new DomainError('NOT_FOUND', `The split names ${nameOf(field)}, which is not in ${directory}.`);
    const bytes = await readFile(file);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new DomainError('CONFLICT', `${nameOf(field)} is not the file that the split was made of.`);
    }
    const { field: image } = await preprocess(await decodeImage(bytes));
    const known = keptMasks(kept, path, image.width * image.height);
    const { cell: cells, nucleus } = known ?? segmentStain(image);
    const background = backgroundStatistics(image);
    fields.push({ path, stage, side, group, label: stageIndex(stage), image, cells, nucleus, background });
    report(fields.length);
    if (!known) await breathe();
  }
  if (!kept) {
    const masks = fields.flatMap(({ path, cells, nucleus }) => [
      packed(path, 'cell', cells),
      packed(path, 'nucleus', nucleus),
    ]);
    await writeState(masksFile, masks, null);
  }
  return fields;
}

/** Loss weight of each stage, n / (K n_c) over the labels given; a stage without fields weighs 1. */
export function classWeights(labels: readonly number[], stages: number): number[] {
  const counts = new Array<number>(stages).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((n) => (n === 0 ? 1 : labels.length / (stages * n)));
}

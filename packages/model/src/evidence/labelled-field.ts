import { readFile } from 'node:fs/promises';
import { DomainError, type MaturityStage } from '@blastwise/contracts';
import { decodeImage, type RgbImage } from '../images/index.ts';

/** A field whose stage is known, as it lies on disk. */
export interface LabelledField {
  /** `<stage>/<file name>`: names the field in messages. */
  readonly path: string;
  readonly file: string;
  readonly stage: MaturityStage;
  /** Fields of one group are not independent. */
  readonly group: string;
}

/** Decodes an image file; an error names it by `path`. */
export async function readField({ file, path }: Pick<LabelledField, 'file' | 'path'>): Promise<RgbImage> {
  return decodeImage(await readFile(file)).catch((error: unknown) => {
    throw error instanceof DomainError ? new DomainError(error.code, `${path}: ${error.message}`) : error;
  });
}

export const groupsOf = (fields: readonly Pick<LabelledField, 'group'>[]): number =>
  new Set(fields.map(({ group }) => group)).size;

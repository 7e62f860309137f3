import { DomainError, type MaturityStage, maturityStageSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import type { Correction } from '../../artifact/index.ts';
import { inspectBytes } from '../../dataset/index.ts';
import type { ImageFingerprint } from '../corrected-field.ts';
import { sideOfCorrected } from '../corrected-side.ts';

/** Blobs of masks as a reader drew them, 0 and 255 at the size of the image; null: nobody did. */
export interface EditedMaskFiles {
  readonly cells: string | null;
  readonly nuclei: string | null;
}

/** A field whose stage was settled by readers, by the files that it is read from. */
export interface CorrectedImage {
  readonly id: string;
  /** The case: its fields stay on one side. */
  readonly group: string;
  readonly stage: MaturityStage;
  /** How much the field counts in the loss of the stages, against 1 of the base's own: above 0, at most 100. */
  readonly weight: number;
  /** SHA-256 of the image file. */
  readonly sha256: string;
  readonly masks?: EditedMaskFiles | undefined;
}

/** Bytes of a file by its SHA-256. */
export type ReadFile = (sha256: string) => Promise<Uint8Array>;

export interface FingerprintedImage extends CorrectedImage {
  readonly fingerprint: ImageFingerprint;
}

const mask = sha256Schema.nullable();
const correctedImageSchema = z.object({
  id: z.string().min(1),
  group: z.string().min(1),
  stage: maturityStageSchema,
  weight: z.number().positive().max(100),
  sha256: sha256Schema,
  masks: z.object({ cells: mask, nuclei: mask }).optional(),
});

/** The images by id. @throws DomainError BAD_INPUT naming the first that is malformed or given twice. */
export function checkImages(given: readonly CorrectedImage[]): CorrectedImage[] {
  const seen = new Set<string>();
  given.forEach((image, i) => {
    const issue = correctedImageSchema.safeParse(image).error?.issues[0];
    const refuse = (why: string) => {
      throw new DomainError('BAD_INPUT', `The corrected field ${image.id || `number ${i + 1}`} ${why}.`);
    };
    if (issue) refuse(`is not valid at ${issue.path.join('.')}`);
    if (seen.has(image.id)) refuse('was given twice');
    seen.add(image.id);
  });
  return given.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reads one of an image's files. @throws DomainError as `read` does, naming the field. */
export async function readNamed(
  read: ReadFile,
  id: string,
  what: string,
  sha256: string,
): Promise<Uint8Array> {
  try {
    return await read(sha256);
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    throw new DomainError(cause.code, `The ${what} of field ${id} cannot be read: ${cause.message}`, {
      cause,
    });
  }
}

export async function fingerprinted(image: CorrectedImage, read: ReadFile): Promise<FingerprintedImage> {
  const { id, stage, sha256 } = image;
  const bytes = await readNamed(read, id, 'image', sha256);
  return { ...image, fingerprint: await inspectBytes({ path: id, file: '', stage }, bytes) };
}

export const correctionOfImage = ({
  id,
  group,
  stage,
  weight,
  sha256,
  masks,
}: CorrectedImage): Correction => ({
  id,
  group,
  stage,
  side: sideOfCorrected(group),
  weight,
  sha256,
  ...(masks && (masks.cells || masks.nuclei) && { masks }),
});

import { DomainError } from '@blastwise/contracts';

/** What stands where, byte for byte (Latin-1). */
type Signature = readonly (readonly [at: number, text: string])[];

const ACCEPTED: readonly Signature[] = [
  [[0, '\u00ff\u00d8\u00ff']], // JPEG
  [[0, '\u0089PNG\r\n\u001a\n']],
  [[0, 'II*\u0000']], // TIFF, little-endian
  [[0, 'MM\u0000*']], // TIFF, big-endian
  [
    [0, 'RIFF'],
    [8, 'WEBP'],
  ],
];

const OTHER_IMAGES: readonly (readonly [name: string, Signature])[] = [
  ['GIF', [[0, 'GIF8']]],
  ['BMP', [[0, 'BM']]],
  ['HEIF or AVIF', [[4, 'ftyp']]],
  ['JPEG 2000', [[4, 'jP  ']]],
  ['BigTIFF', [[0, 'II+\u0000']]],
  ['BigTIFF', [[0, 'MM\u0000+']]],
  ['DICOM', [[128, 'DICM']]],
];

const HEAD_BYTES = 256;

const matches = (head: string, signature: Signature): boolean =>
  signature.every(([at, text]) => head.startsWith(text, at));

/**
 * Looks at the first bytes; a name or a claimed type plays no part.
 * @throws DomainError IMAGE_UNSUPPORTED for another kind of image, NOT_AN_IMAGE for anything else.
 */
export function checkFileKind(file: Uint8Array): void {
  const head = Buffer.from(file.subarray(0, HEAD_BYTES)).toString('latin1');
  if (ACCEPTED.some((signature) => matches(head, signature))) return;
  const other = OTHER_IMAGES.find(([, signature]) => matches(head, signature));
  if (other) {
    throw new DomainError(
      'IMAGE_UNSUPPORTED',
      `${other[0]} files are not accepted; save the image as JPEG, PNG, TIFF or WebP.`,
    );
  }
  throw new DomainError('NOT_AN_IMAGE', 'The file is not an image (JPEG, PNG, TIFF or WebP).');
}

import { DomainError } from '@blastwise/contracts';

export type ImageFormat = 'jpeg' | 'png' | 'tiff' | 'webp';

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));

interface Signature {
  readonly at: number;
  readonly bytes: readonly number[];
}

const ACCEPTED: readonly (readonly [ImageFormat, readonly Signature[]])[] = [
  ['jpeg', [{ at: 0, bytes: [0xff, 0xd8, 0xff] }]],
  ['png', [{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }]],
  ['tiff', [{ at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] }]],
  ['tiff', [{ at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] }]],
  [
    'webp',
    [
      { at: 0, bytes: ascii('RIFF') },
      { at: 8, bytes: ascii('WEBP') },
    ],
  ],
];

const KNOWN: readonly (readonly [string, Signature])[] = [
  ['GIF', { at: 0, bytes: ascii('GIF8') }],
  ['BMP', { at: 0, bytes: ascii('BM') }],
  ['HEIF or AVIF', { at: 4, bytes: ascii('ftyp') }],
  ['JPEG 2000', { at: 4, bytes: ascii('jP  ') }],
  ['JPEG XL', { at: 0, bytes: [0xff, 0x0a] }],
  ['BigTIFF', { at: 0, bytes: [0x49, 0x49, 0x2b, 0x00] }],
  ['BigTIFF', { at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2b] }],
  ['DICOM', { at: 128, bytes: ascii('DICM') }],
];

const matches = (bytes: Uint8Array, { at, bytes: expected }: Signature): boolean =>
  expected.every((value, i) => bytes[at + i] === value);

/**
 * The format by its magic bytes; a file name or a claimed type plays no part.
 * @throws DomainError IMAGE_UNSUPPORTED for an image of another format, NOT_AN_IMAGE for anything else.
 */
export function detectFormat(bytes: Uint8Array): ImageFormat {
  const accepted = ACCEPTED.find(([, signatures]) => signatures.every((s) => matches(bytes, s)));
  if (accepted) return accepted[0];
  const known = KNOWN.find(([, signature]) => matches(bytes, signature));
  if (known) {
    throw new DomainError(
      'IMAGE_UNSUPPORTED',
      `${known[0]} files are not accepted; save the image as JPEG, PNG, TIFF or WebP.`,
    );
  }
  throw new DomainError('NOT_AN_IMAGE', 'The file is not an image (JPEG, PNG, TIFF or WebP).');
}

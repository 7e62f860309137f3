import { DomainError } from '@blastwise/contracts';

/** Long enough not to turn up in compressed pixels by chance. */
const ACTIVE_CONTENT =
  /<script[\s>]|<html[\s>]|<!doctype\s|<\?php\s|<svg[\s>][\s\S]{0,200}xmlns|%PDF-[12]\./i;

/** A ZIP archive (a JAR, an office document) is read from its end: 22 bytes and a comment of at most 65,535. */
const ZIP_END = { signature: 'PK\u0005\u0006', bytes: 22, longestComment: 65_535 } as const;

function endsAsZip(file: Buffer): boolean {
  const start = Math.max(0, file.length - ZIP_END.bytes - ZIP_END.longestComment);
  for (let at = file.indexOf(ZIP_END.signature, start, 'latin1'); at >= 0; ) {
    if (
      at + ZIP_END.bytes <= file.length &&
      at + ZIP_END.bytes + file.readUInt16LE(at + 20) === file.length
    ) {
      return true;
    }
    at = file.indexOf(ZIP_END.signature, at + 1, 'latin1');
  }
  return false;
}

/**
 * Refuses a file that is an image and something else as well. Only pixels are ever stored; who sends such a file
 * means it for something else.
 * @throws DomainError IMAGE_UNSUPPORTED.
 */
export function refusePolyglot(file: Uint8Array): void {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (endsAsZip(bytes) || ACTIVE_CONTENT.test(bytes.toString('latin1'))) {
    throw new DomainError(
      'IMAGE_UNSUPPORTED',
      'The file holds other content besides the image; save it again as PNG or JPEG.',
    );
  }
}

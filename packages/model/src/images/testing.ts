import { crc32, deflateSync } from 'node:zlib';
import type { RgbImage } from './rgb-image.ts';

/** Hand-made files for the tests of this folder. */

export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const chunk = Buffer.alloc(body.length + 12);
  chunk.writeUInt32BE(body.length, 0);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), body.length + 8);
  return chunk;
}

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A PNG whose header claims `width` x `height` RGB pixels and whose data holds next to none. */
export function forgedPng(width: number, height: number, options: { withData: boolean }): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = [pngChunk('IDAT', deflateSync(Buffer.alloc(64))), pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', header), ...(options.withData ? data : [])]);
}

/** Four quarters of different colour, so that every turn and flip shows. */
export function quarters(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const right = x >= width / 2;
      const low = y >= height / 2;
      data.set(
        low ? (right ? [200, 180, 40] : [40, 60, 180]) : right ? [50, 170, 60] : [190, 40, 50],
        (y * width + x) * 3,
      );
    }
  }
  return { width, height, data };
}

export function pixel(image: RgbImage, x: number, y: number): number[] {
  return [...image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3)];
}

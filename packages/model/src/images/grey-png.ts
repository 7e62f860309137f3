import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';

const compress = promisify(deflate);
/** Masks and heat hardly change from row to row: runs of one value are all that is worth a search. */
const RUNS = { strategy: constants.Z_RLE };

/** The eight bytes that begin every PNG, and the fields of IHDR behind width and height: 8 bits, grey, not interlaced. */
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GREY_8_BITS = [8, 0, 0, 0, 0];
/** Row filter: what differs from the pixel above, modulo 256. */
const UP = 2;

function chunk(type: string, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(body.length + 12);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), body.length + 8);
  return bytes;
}

/** Every row behind the number of its filter. */
function filterRows(values: Uint8Array, width: number, height: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = UP;
  rows.set(values.subarray(0, width), 1);
  for (let y = 1, at = width, out = width + 2; y < height; y++, out++) {
    for (let x = 0; x < width; x++, at++) rows[out++] = (values[at] ?? 0) - (values[at - width] ?? 0);
  }
  return rows;
}

/**
 * 8-bit greyscale PNG of a small picture, without metadata, one byte a pixel (W3C PNG, third edition). An image library
 * spends longer on setting itself up than such a picture takes.
 */
export async function encodeSmallGreyPng(
  values: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(GREY_8_BITS, 8);
  const data = await compress(filterRows(values, width, height), RUNS);
  const chunks = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from(SIGNATURE), ...chunks]));
}

import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { elementCount, type NamedTensor, TENSOR_DTYPES, type TensorDtype } from './dtype.ts';

/** The Hugging Face safetensors format: u64 header length, JSON header, little-endian data without holes. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const MAX_HEADER = 100_000_000;
const index = z.int().nonnegative();
const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(TENSOR_DTYPES) as [TensorDtype, ...TensorDtype[]]),
  shape: z.array(index),
  data_offsets: z.tuple([index, index]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());

/** Reads a whole file; every deviation from the format is `ARTIFACT_INVALID` with `label` naming the file. */
export function readSafetensors(file: Uint8Array, label = 'The tensor file'): TensorFile {
  // A Buffer's slice would share its memory instead of copying.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
  const refuse = (why: string): never => {
    throw new DomainError('ARTIFACT_INVALID', `${label} is not a valid safetensors file: ${why}.`);
  };
  if (bytes.length < 8) return refuse('it is shorter than its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > Math.min(MAX_HEADER, bytes.length - 8)) return refuse('its header is cut off');
  const { __metadata__, ...entries } =
    parseHeader(bytes.subarray(8, 8 + length)) ?? refuse('its header is no JSON object');
  const metadata = metadataSchema.optional().safeParse(__metadata__);
  if (!metadata.success) return refuse('its metadata is not text');

  const named = Object.entries(entries).map(([name, entry]) => {
    const parsed = entrySchema.safeParse(entry);
    return parsed.success ? { name, ...parsed.data } : refuse(`the entry of ${name} is malformed`);
  });
  named.sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  const body = bytes.subarray(8 + length);
  const tensors = new Map<string, NamedTensor>();
  let position = 0;
  for (const { name, dtype, shape, data_offsets } of named) {
    const [begin, end] = data_offsets;
    const size = elementCount(shape) * TENSOR_DTYPES[dtype].BYTES_PER_ELEMENT;
    if (begin !== position || end - begin !== size || end > body.length)
      return refuse(`the data of ${name} is misplaced`);
    tensors.set(name, { name, dtype, shape, data: new TENSOR_DTYPES[dtype](body.slice(begin, end).buffer) });
    position = end;
  }
  if (position !== body.length) return refuse('it has bytes that belong to no tensor');
  return { tensors, metadata: metadata.data ?? {} };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

/** Writes the tensors, wider elements first so that all of them lie aligned; the same input gives the same bytes. */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const width = (t: NamedTensor) => TENSOR_DTYPES[t.dtype].BYTES_PER_ELEMENT;
  const sorted = [...tensors].sort((a, b) => width(b) - width(a));
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let position = 0;
  for (const tensor of sorted) {
    if (tensor.name in header) throw new Error(`Two tensors are called ${tensor.name}.`);
    if (tensor.data.length !== elementCount(tensor.shape))
      throw new Error(`${tensor.name} does not fill its shape.`);
    const end = position + tensor.data.byteLength;
    header[tensor.name] = { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [position, end] };
    position = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(8 + headerLength + position).fill(0x20, 8, 8 + headerLength);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerLength), true);
  out.set(json, 8);
  let offset = 8 + headerLength;
  for (const { data } of sorted) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return out;
}

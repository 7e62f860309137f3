import { DomainError, IMAGE_LIMITS } from '@blastwise/contracts';

const tooLarge = (): DomainError =>
  new DomainError('IMAGE_TOO_LARGE', `The file is over ${IMAGE_LIMITS.bytes / 1024 / 1024} MB.`);

/** The whole body, given up as soon as it grows past the limit, whatever length was announced. */
export async function readBody(request: Request, limit: number = IMAGE_LIMITS.bytes): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

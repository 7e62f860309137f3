import { FIELDS_PER_CASE, IMAGE_LIMITS } from '@blastwise/contracts';
import { z } from 'zod';

/** What the portal answers to an accepted picture, as far as this page needs it. */
const acceptedSchema = z.object({
  receipt: z.string(),
  sha256: z.string(),
  width: z.number(),
  height: z.number(),
  duplicates: z.array(z.object({ imageId: z.string(), caseId: z.string(), submittedAt: z.string() })),
});
export type Accepted = z.infer<typeof acceptedSchema>;

const refusedSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export type UploadOutcome =
  | { ok: true; accepted: Accepted }
  | { ok: false; message: string; retryable: boolean; signedOut: boolean };

/** What can be refused without sending it, in a sentence; null: send it. */
export function refuseBeforeSending(file: { size: number }): string | null {
  if (file.size === 0) return 'The file is empty.';
  if (file.size > IMAGE_LIMITS.bytes) {
    return `The file is larger than ${IMAGE_LIMITS.bytes / 1024 / 1024} MB.`;
  }
  return null;
}

/** Why so many fields make no case, in a sentence; null: they do. */
export function refuseCase(fields: number): string | null {
  const over = fields - FIELDS_PER_CASE;
  if (over <= 0) return null;
  const rest = over === 1 ? 'Remove one, and submit it' : `Remove ${over}, and submit them`;
  return `A case takes at most ${FIELDS_PER_CASE} fields, and ${fields} are chosen. ${rest} as another case.`;
}

/** Reads the portal's answer to an upload. */
export function readAnswer(status: number, body: string): UploadOutcome {
  const answer = parseJson(body);
  const accepted = acceptedSchema.safeParse(answer);
  if (status >= 200 && status < 300 && accepted.success) return { ok: true, accepted: accepted.data };
  const refused = refusedSchema.safeParse(answer);
  return {
    ok: false,
    message: refused.success ? refused.data.error.message : 'The portal could not take the file.',
    // A refused picture stays refused; an overloaded or broken portal may recover.
    retryable: status >= 500 || status === 429,
    signedOut: status === 401,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends one picture; `onProgress` gets 0..1. Only the bytes go out: a file's name may name a patient. */
export function sendPicture(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const unreachable = () =>
      resolve({ ok: false, message: 'The portal cannot be reached.', retryable: true, signedOut: false });
    request.open('POST', '/api/uploads');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) =>
      event.lengthComputable ? onProgress(event.loaded / event.total) : undefined;
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = unreachable;
    request.onabort = unreachable;
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

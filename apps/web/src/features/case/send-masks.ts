import { errorBodySchema } from '@blastwise/contracts';
import { type DrawnMask, type MaskName, readSources, replay, writeMask } from '@blastwise/ui';
import { z } from 'zod';
import type { RouterInputs } from '../../trpc/types.ts';
import { standingMask } from './corrected-masks.ts';
import { drawnMask } from './drawn-masks.ts';
import { changedMasks, type MaskDraft } from './mask-draft.ts';
import type { CaseField } from './types.ts';

type Masks = NonNullable<RouterInputs['reviews']['record']['masks']>;

const acceptedSchema = z.object({ receipt: z.string() });
const UNREACHABLE = 'The portal cannot be reached. Your mask is kept here; try again.';
const UNWRITABLE = 'This browser could not make a picture of the mask. It is kept here; try another browser.';

/** Raised with a sentence for the reader. */
class NotSent extends Error {}

async function send(imageId: string, mask: Blob): Promise<string> {
  const response = await fetch(`/api/images/${imageId}/edited`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: mask,
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  const accepted = acceptedSchema.safeParse(answer);
  if (response?.ok && accepted.success) return accepted.data.receipt;
  const refused = errorBodySchema.safeParse(answer);
  throw new NotSent(refused.success ? refused.data.error.message : UNREACHABLE);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.every((value, i) => value === b[i]);

interface Drawn {
  readonly field: CaseField;
  readonly of: MaskName;
  readonly readerId: string;
}

/** What a reading shall say of a mask; undefined where its changes leave it as it was. */
async function changeOf(
  drawn: DrawnMask,
  { field, of, readerId }: Drawn,
): Promise<string | null | undefined> {
  const sources = await readSources(drawn, field).catch(() => {
    throw new NotSent(UNREACHABLE);
  });
  const { base, model } = sources;
  const mask = replay(drawn.edits, sources, field);
  if (same(mask, base)) return undefined;
  // Where somebody else's mask stands, "as the model drew it" must be said against it.
  const others = field.corrections.filter(({ reader }) => reader.id !== readerId);
  if (same(mask, model) && !standingMask(others, of)) return null;
  return send(field.imageId, await writeMask(mask, field));
}

/** Sends the masks that were changed; what to record of them, or why it did not work, in a sentence. */
export async function sendMasks(
  field: CaseField,
  draft: MaskDraft,
  readerId: string,
): Promise<{ masks: Masks } | { refused: string }> {
  const masks: Masks = {};
  try {
    for (const of of changedMasks(draft)) {
      masks[of] = await changeOf(drawnMask(field, draft, of), { field, of, readerId });
    }
    return { masks };
  } catch (error) {
    return { refused: error instanceof NotSent ? error.message : UNWRITABLE };
  }
}

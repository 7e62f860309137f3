import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@blastwise/contracts';
import { type HybridConfig, maskChannelsOf } from '../../architecture/index.ts';
import { type Artifact, hybridConfigOf, SPLIT_FILE } from '../../artifact/index.ts';
import {
  byContent,
  inspectFields,
  parseSplit,
  type Split,
  type SplitFile,
  scanFields,
} from '../../dataset/index.ts';
import { requirePreprocessing } from '../../serving/index.ts';
import type { LockedImage } from '../leak-guard.ts';

/** How many fields an error names. */
const NAMED = 5;

/** The network of a base, if it can be trained again. @throws DomainError ARTIFACT_INVALID; BAD_INPUT where it cannot. */
export function retrainableNetwork(base: Artifact): HybridConfig {
  requirePreprocessing(base);
  const hybrid = hybridConfigOf(base.manifest, 'retrained');
  if (maskChannelsOf(hybrid) === 2) return hybrid;
  throw new DomainError(
    'BAD_INPUT',
    'The base draws no nuclei: train it anew before its U-Net is retrained.',
  );
}

/** The split that a base brings. @throws DomainError ARTIFACT_INVALID where it brings none. */
export function splitOfBase(base: Artifact): Split {
  const bytes = base.file(SPLIT_FILE);
  if (!bytes)
    throw new DomainError(
      'ARTIFACT_INVALID',
      `The model ${base.digest.slice(0, 12)} holds no ${SPLIT_FILE}, so no folder can be known as its data.`,
    );
  return parseSplit(new TextDecoder().decode(bytes), SPLIT_FILE);
}

const listed = (fields: readonly string[]): string =>
  `${fields.slice(0, NAMED).join(', ')}${fields.length > NAMED ? ` and ${fields.length - NAMED} more` : ''}`;

/**
 * Finds every field of the base's split in a folder, bytes and all: the data that the base was trained from, and the
 * images that it is held out from.
 *
 * @throws DomainError CONFLICT that names what is missing or different; the signal's reason.
 */
export async function verifyBaseFolder(
  folder: string,
  split: Split,
  signal?: AbortSignal,
): Promise<SplitFile[]> {
  const present = await scanFields(folder).catch((cause: unknown) => {
    if (!(cause instanceof DomainError)) throw cause;
    const why = 'The registered folder cannot be read or has no folders of images named after the stages.';
    throw new DomainError('CONFLICT', why, { cause });
  });
  const files = new Map(present.map(({ path, file }) => [path, file]));
  const [found, missing, different]: [SplitFile[], string[], string[]] = [[], [], []];
  for (const field of split.fields) {
    signal?.throwIfAborted();
    const file = files.get(field.path);
    if (file === undefined) missing.push(byContent(field));
    else if ((await hashOf(file)) !== field.sha256) different.push(byContent(field));
    else found.push({ ...field, file });
  }
  if (missing.length === 0 && different.length === 0) return found;
  const faults = [
    ...(missing.length > 0 ? [`${missing.length} missing (${listed(missing)})`] : []),
    ...(different.length > 0 ? [`${different.length} with another content (${listed(different)})`] : []),
  ];
  throw new DomainError(
    'CONFLICT',
    `The registered folder is not the data of the base: of ${split.fields.length} fields, ${faults.join(' and ')}. The model's ${SPLIT_FILE} has the file of each.`,
  );
}

/**
 * The images of a base's split that it did not train on. With their folder at hand, near-duplicates of them are known.
 *
 * @param files as `verifyBaseFolder` finds them.
 */
export async function heldOutImages(
  files: readonly SplitFile[],
  signal?: AbortSignal,
): Promise<LockedImage[]> {
  const held = files
    .filter(({ side }) => side !== 'train')
    .map((field) => ({ ...field, path: byContent(field) }));
  const inspected = await inspectFields(held, () => signal?.throwIfAborted());
  return held.flatMap(({ path, group, sha256 }, i) => {
    const fingerprint = inspected[i];
    return fingerprint ? [{ name: path, group, sha256, fingerprint }] : [];
  });
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { sha256 } from './digest.ts';
import type { NamedTensor } from './dtype.ts';
import {
  CARD_FILE,
  isSealed,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  modelDigest,
  WEIGHTS_FILE,
} from './manifest.ts';
import { readSafetensors } from './safetensors.ts';

/** A model as it lies on disk, checked. */
export interface Artifact {
  readonly dir: string;
  readonly manifest: Manifest;
  /** Identifies the model: equal digests give equal answers. */
  readonly digest: string;
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** The model card in Markdown; empty where the artifact has none. */
  readonly card: string;
  /** Bytes of another of its files, or undefined where it has none of that name. */
  file(name: string): Uint8Array | undefined;
}

const invalid = (why: string, cause?: unknown) => new DomainError('ARTIFACT_INVALID', why, { cause });

async function read(dir: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(dir, name));
  } catch (cause) {
    throw invalid(`The model folder ${dir} has no readable ${name}.`, cause);
  }
}

async function readManifest(dir: string): Promise<Manifest> {
  const text = new TextDecoder().decode(await read(dir, MANIFEST_FILE));
  if (!isSealed(text))
    throw invalid(`${MANIFEST_FILE} in ${dir} was changed after it was written, or is no manifest.`);
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${MANIFEST_FILE} in ${dir} is not valid at ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  if (modelDigest(parsed.data) !== parsed.data.digest) {
    throw invalid(`The digest in ${MANIFEST_FILE} of ${dir} is not that of the model.`);
  }
  return parsed.data;
}

/** Reads and verifies a folder; what is missing or changed is named in an `ARTIFACT_INVALID`. */
export async function loadArtifact(dir: string): Promise<Artifact> {
  const manifest = await readManifest(dir);
  const files = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(manifest.files)) {
    const data = await read(dir, name);
    if (sha256(data) !== expected)
      throw invalid(`${name} in ${dir} is not the file that was saved with the model.`);
    files.set(name, data);
  }
  const weights = readSafetensors(files.get(WEIGHTS_FILE) ?? new Uint8Array(0), WEIGHTS_FILE).tensors;
  const card = new TextDecoder().decode(files.get(CARD_FILE));
  return { dir, manifest, digest: manifest.digest, weights, card, file: (name) => files.get(name) };
}

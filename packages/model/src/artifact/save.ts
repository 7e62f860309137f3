import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, MATURITY_STAGES } from '@blastwise/contracts';
import { sha256 } from './digest.ts';
import type { NamedTensor } from './dtype.ts';
import {
  encodeManifest,
  fileNameSchema,
  MANIFEST_FILE,
  type Manifest,
  modelDigest,
  WEIGHTS_FILE,
} from './manifest.ts';
import { writeSafetensors } from './safetensors.ts';

export interface ArtifactContent
  extends Pick<
    Manifest,
    'name' | 'architecture' | 'preprocessing' | 'calibration' | 'conformal' | 'ood' | 'run'
  > {
  /** Every weight of the network by `layer/weight`, and the tensors of its novelty score. */
  readonly weights: readonly NamedTensor[];
  /** Further files by name: MODEL_CARD.md, features.safetensors, split.json, history.svg. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
}

export interface SaveOptions {
  /** Replace a folder that is there; otherwise it is a `CONFLICT`. */
  readonly overwrite?: boolean;
}

/** Writes the folder of an artifact, whole or not at all, and returns the model's digest. */
export async function saveArtifact(
  dir: string,
  content: ArtifactContent,
  { overwrite = false }: SaveOptions = {},
): Promise<string> {
  const existing = await readdir(dir).catch(() => []);
  if (existing.length > 0 && !overwrite) throw new DomainError('CONFLICT', `The folder ${dir} is not empty.`);
  const {
    name,
    architecture,
    preprocessing,
    calibration,
    conformal,
    ood,
    run,
    weights,
    files = {},
  } = content;
  const contents: Record<string, Uint8Array> = { [WEIGHTS_FILE]: writeSafetensors(weights) };
  for (const [file, data] of Object.entries(files)) {
    if (!fileNameSchema.safeParse(file).success || file === MANIFEST_FILE || file in contents) {
      throw new DomainError('BAD_INPUT', `An artifact cannot hold a file called ${file}.`);
    }
    contents[file] = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  }
  const manifest: Omit<Manifest, 'digest' | 'integrity'> = {
    format: 'blastwise-model-1',
    name,
    architecture,
    preprocessing,
    stages: [...MATURITY_STAGES],
    calibration,
    ...(conformal && { conformal }),
    ...(ood && { ood }),
    run,
    files: Object.fromEntries(Object.entries(contents).map(([file, data]) => [file, sha256(data)])),
  };

  const partial = `${dir}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const [file, data] of Object.entries(contents)) await writeFile(join(partial, file), data);
  await writeFile(join(partial, MANIFEST_FILE), encodeManifest(manifest));
  await rm(dir, { recursive: true, force: true });
  await rename(partial, dir);
  return modelDigest(manifest);
}

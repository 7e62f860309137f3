import { readdir } from 'node:fs/promises';
import { DomainError, MATURITY_STAGES } from '@blastwise/contracts';
import { sha256 } from './digest.ts';
import type { NamedTensor } from './dtype.ts';
import { furtherFiles, hashesOf, replaceFolder, writeFiles } from './folder.ts';
import { encodeManifest, MANIFEST_FILE, type Manifest, modelDigest, WEIGHTS_FILE } from './manifest.ts';
import { writeSafetensors } from './safetensors.ts';

export interface ArtifactContent
  extends Pick<
    Manifest,
    'name' | 'architecture' | 'preprocessing' | 'calibration' | 'conformal' | 'ood' | 'run' | 'lineage'
  > {
  /** Every weight of the network by `layer/weight`, and the tensors of its novelty score. */
  readonly weights: readonly NamedTensor[];
  /** Further files by name: MODEL_CARD.md, evidence.json, features.safetensors, split.json, history.svg. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
}

export interface SaveOptions {
  /** Replace a folder that is there; otherwise it is a `CONFLICT`. */
  readonly overwrite?: boolean;
}

type UnsealedManifest = Omit<Manifest, 'digest' | 'integrity'>;

function manifestOf(content: Omit<ArtifactContent, 'files'>, files: Manifest['files']): UnsealedManifest {
  const { name, architecture, preprocessing, calibration, conformal, ood, run, lineage } = content;
  return {
    format: 'blastwise-model-1',
    name,
    architecture,
    preprocessing,
    stages: [...MATURITY_STAGES],
    calibration,
    ...(conformal && { conformal }),
    ...(ood && { ood }),
    run,
    ...(lineage && { lineage }),
    files,
  };
}

/** The digest that a content will be saved under, whatever run, lineage and further files it has. */
export const contentDigest = (content: Omit<ArtifactContent, 'files'>): string =>
  modelDigest(manifestOf(content, { [WEIGHTS_FILE]: sha256(writeSafetensors(content.weights)) }));

/** Writes the folder of an artifact, whole or not at all, and returns the model's digest. */
export async function saveArtifact(
  dir: string,
  content: ArtifactContent,
  { overwrite = false }: SaveOptions = {},
): Promise<string> {
  const existing = await readdir(dir).catch(() => []);
  if (existing.length > 0 && !overwrite) throw new DomainError('CONFLICT', `The folder ${dir} is not empty.`);
  const { weights, files = {} } = content;
  const contents = { [WEIGHTS_FILE]: writeSafetensors(weights), ...furtherFiles(files) };
  const manifest = manifestOf(content, hashesOf(contents));
  const text = encodeManifest(manifest);
  await replaceFolder(dir, (folder) => writeFiles(folder, { ...contents, [MANIFEST_FILE]: text }));
  return modelDigest(manifest);
}

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import {
  type BackboneName,
  type BuildOptions,
  buildHybrid,
  type HybridParts,
  loadWeights,
  modelNameOf,
} from '../architecture/index.ts';
import { readSafetensors, sha256 } from '../artifact/index.ts';
import { weightsFile } from '../weights/index.ts';
import type { Recipe, TrainingConfig } from './config.ts';

/** ImageNet weights of MobileNetV2, committed with the package (see weights/NOTICE). */
const MOBILENETV2_WEIGHTS = join(
  import.meta.dirname,
  '../../weights/mobilenetv2-1.0-224-imagenet-notop.safetensors',
);

export interface StartOptions {
  /** Draw the backbone's weights instead of loading any; `where-missing`: only where there are none to load. */
  readonly fromScratch?: boolean | 'where-missing';
  /** The backbone's weights, as `importWeights` writes them; by default looked for in `weightsFolder` by name. */
  readonly backboneWeights?: string;
  readonly weightsFolder?: string;
}

/** What a run's backbone starts from. */
export interface BackboneStart {
  /** For the configuration; missing where it is the weights that come with the package. */
  readonly initial?: NonNullable<TrainingConfig['initial']>;
  /** The file to load; null where the weights are drawn. */
  readonly file: string | null;
}

const DRAWN: BackboneStart = { initial: { from: 'scratch' }, file: null };

async function givenFile(
  backbone: BackboneName,
  { backboneWeights, weightsFolder }: StartOptions,
): Promise<string | undefined> {
  if (backboneWeights !== undefined) return backboneWeights;
  const file = weightsFolder === undefined ? undefined : weightsFile(weightsFolder, backbone);
  if (file === undefined) return undefined;
  return access(file).then(
    () => file,
    () => undefined,
  );
}

function noWeights(backbone: BackboneName): DomainError {
  const name = modelNameOf(backbone);
  return new DomainError(
    'NOT_FOUND',
    `There are no ImageNet weights of ${name}: get them by \`blastwise weights fetch ${name}\` or \`weights import\`, or train --from-scratch.`,
  );
}

/**
 * Finds what the backbone shall start from.
 *
 * @throws DomainError NOT_FOUND where it has no weights; ARTIFACT_INVALID for another backbone's; BAD_INPUT where it
 * cannot be drawn.
 */
export async function backboneStart(
  { backbone }: Recipe['hybrid'],
  options: StartOptions,
): Promise<BackboneStart> {
  if (options.fromScratch === true) {
    if (backbone !== 'mobilenetv2') return DRAWN;
    throw new DomainError(
      'BAD_INPUT',
      'mobilenetv2 has its batch norms folded into its filters and cannot be trained from scratch.',
    );
  }
  if (backbone === 'mobilenetv2' && options.backboneWeights === undefined)
    return { file: MOBILENETV2_WEIGHTS };
  const file = await givenFile(backbone, options);
  if (file === undefined) {
    if (options.fromScratch === 'where-missing') return DRAWN;
    throw noWeights(backbone);
  }
  const bytes = await readFile(file).catch((cause) => {
    throw new DomainError('NOT_FOUND', `The weights ${file} cannot be read.`, { cause });
  });
  const { metadata } = readSafetensors(bytes, file);
  if (metadata.architecture !== backbone) {
    const of = metadata.architecture ?? 'no backbone that it names';
    throw new DomainError('ARTIFACT_INVALID', `${file} holds weights of ${of}, not of ${backbone}.`);
  }
  const published = metadata.published === 'true';
  return { initial: { from: 'file', sha256: sha256(bytes), published }, file };
}

/** The network that a training starts from; the caller disposes of it. */
export async function startingParts(
  { hybrid, initial }: Pick<TrainingConfig, 'hybrid' | 'initial'>,
  file: BackboneStart['file'],
  options: Pick<BuildOptions, 'unfold'> = {},
): Promise<HybridParts> {
  const parts = buildHybrid(hybrid, { ...options, drawBackbone: initial?.from === 'scratch' });
  try {
    if (file !== null) await loadBackbone(parts, file);
    return parts;
  } catch (error) {
    parts.dispose();
    throw error;
  }
}

async function loadBackbone({ whole }: HybridParts, file: string): Promise<void> {
  const { tensors } = readSafetensors(await readFile(file), 'The backbone weights file');
  if (loadWeights(whole, tensors, { partial: true }) < tensors.size) {
    throw new DomainError(
      'ARTIFACT_INVALID',
      'The backbone weights file holds weights that the backbone lacks.',
    );
  }
}

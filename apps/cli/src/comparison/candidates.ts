import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { BackboneName, TrainableModel } from '@blastwise/model';
import { CLASSICAL, isClassical } from '../training/classical.ts';
import { UsageError } from '../usage.ts';

/** What `--models` asks for: a system to train, a finished artifact, or a system that cannot be trained here. */
export type Candidate = { readonly name: string } & (
  | { readonly kind: 'classical'; readonly model: (typeof CLASSICAL)[number] }
  | { readonly kind: 'network'; readonly model: TrainableModel }
  | { readonly kind: 'artifact'; readonly dir: string }
  | { readonly kind: 'skipped'; readonly reason: string }
);

const underscored = (name: string): string => name.replaceAll('-', '_');

async function candidateOf(asked: string): Promise<Candidate> {
  const { BACKBONES, STARTER_DIR, TRAINABLE_MODELS } = await import('@blastwise/model');
  if (asked === 'starter') return { name: asked, kind: 'artifact', dir: STARTER_DIR };
  if (isClassical(asked)) return { name: asked, kind: 'classical', model: asked };
  const model = TRAINABLE_MODELS.find((name) => underscored(name) === underscored(asked));
  if (model) return { name: asked, kind: 'network', model };
  const dir = resolve(asked);
  if ((await stat(dir).catch(() => null))?.isDirectory())
    return { name: basename(dir), kind: 'artifact', dir };
  const known = Object.keys(BACKBONES) as BackboneName[];
  if (known.some((name) => name === underscored(asked)))
    return {
      name: asked,
      kind: 'skipped',
      reason: `${asked} cannot be trained here: train it where it can be, and name its artifact.`,
    };
  const names = [...CLASSICAL, ...TRAINABLE_MODELS, 'starter'].join(', ');
  throw new UsageError(`${asked} is neither the folder of a model nor one of ${names}.`);
}

/** Reads `--models`, before any work. */
export async function readCandidates(list: readonly string[]): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const asked of list) {
    const candidate = await candidateOf(asked);
    if (candidates.some(({ name }) => name === candidate.name))
      throw new UsageError(
        `Two models are called ${candidate.name}: name each once, in a folder of its own name.`,
      );
    candidates.push(candidate);
  }
  return candidates;
}

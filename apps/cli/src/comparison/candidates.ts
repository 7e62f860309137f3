import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { CLASSICAL, isClassical } from '../training/classical.ts';
import { NETWORKS } from '../training/networks.ts';
import { UsageError } from '../usage.ts';

/** What `--models` asks for: a system to train, or a finished artifact. */
export type Candidate = { readonly name: string } & (
  | { readonly kind: 'classical'; readonly model: (typeof CLASSICAL)[number] }
  | { readonly kind: 'network'; readonly model: (typeof NETWORKS)[number] }
  | { readonly kind: 'artifact'; readonly dir: string }
);

async function candidateOf(asked: string): Promise<Candidate> {
  const { STARTER_DIR } = await import('@blastwise/model');
  if (asked === 'starter') return { name: asked, kind: 'artifact', dir: STARTER_DIR };
  if (isClassical(asked)) return { name: asked, kind: 'classical', model: asked };
  const model = NETWORKS.find((name) => name === asked);
  if (model) return { name: asked, kind: 'network', model };
  const dir = resolve(asked);
  if ((await stat(dir).catch(() => null))?.isDirectory())
    return { name: basename(dir), kind: 'artifact', dir };
  const names = [...CLASSICAL, ...NETWORKS, 'starter'].join(', ');
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

import { join } from 'node:path';
import { type CostMatrix, DomainError } from '@blastwise/contracts';
import type { EngineName, Split } from '@blastwise/model';
import { weightsFolder } from '../inputs/weights.ts';
import { phaseBars } from '../terminal/phases.ts';
import { complain } from '../terminal/print.ts';
import type { Candidate } from './candidates.ts';
import { type Decided, isTrainedSo } from './trained-so.ts';

export interface Training {
  readonly data: string;
  /** The split's file and what it holds. */
  readonly file: string;
  readonly split: Split;
  /** Where trained models go, one folder each. */
  readonly folder: string;
  readonly engine: EngineName;
  readonly epochs?: number;
  readonly maskEpochs?: number;
  readonly costs: CostMatrix;
  readonly seed: number;
  readonly resume: boolean;
}

/** The folder of a candidate's artifact, trained if need be. @throws DomainError saying why it cannot be had. */
export async function obtainModel(candidate: Candidate, training: Training): Promise<string> {
  if (candidate.kind === 'artifact') return candidate.dir;
  const out = join(training.folder, candidate.name);
  if (training.resume && (await isDone(out, candidate, training))) return out;
  const { train, trainClassical } = await import('@blastwise/model');
  const { data, file, costs, seed, resume, engine, epochs, maskEpochs } = training;
  complain(`Training ${candidate.name}…`);
  const phases = phaseBars();
  const asked = { data, split: file, costs, seed, resume, out, overwrite: true, onProgress: phases.show };
  try {
    const { dir } = await (candidate.kind === 'classical'
      ? trainClassical({ ...asked, model: candidate.model })
      : train({
          ...asked,
          model: candidate.model,
          engine,
          weightsFolder: weightsFolder(),
          fromScratch: 'where-missing',
          ...(epochs !== undefined && { epochs }),
          ...(maskEpochs !== undefined && { maskEpochs }),
        }));
    return dir;
  } finally {
    phases.end();
  }
}

/** Whether a whole artifact lies there that was trained on this very split, and as is asked for now. */
async function isDone(dir: string, { kind }: Candidate, training: Training): Promise<boolean> {
  const { loadArtifact, SPLIT_FILE } = await import('@blastwise/model');
  const artifact = await loadArtifact(dir).catch((error: unknown) => {
    if (error instanceof DomainError) return null;
    throw error;
  });
  const bytes = artifact?.file(SPLIT_FILE);
  if (!artifact || !bytes) return false;
  const isOfSplit = new TextDecoder().decode(bytes).trim() === JSON.stringify(training.split);
  return isOfSplit && isTrainedSo(artifact.manifest.run, await decidedBy(kind, training));
}

async function decidedBy(
  kind: Candidate['kind'],
  { seed, costs, epochs, maskEpochs }: Training,
): Promise<Decided> {
  if (kind === 'classical') return { seed, costs };
  const { masks, stages } = (await import('@blastwise/model')).STARTER_RECIPE;
  return {
    seed,
    costs,
    masks: { epochs: maskEpochs ?? masks.epochs },
    stages: { epochs: epochs ?? stages.epochs },
  };
}

import { join } from 'node:path';
import { type CostMatrix, DomainError } from '@blastwise/contracts';
import type { EngineName, Split } from '@blastwise/model';
import { weightsFolder } from '../inputs/weights.ts';
import { phaseBars } from '../terminal/phases.ts';
import { complain } from '../terminal/print.ts';
import type { Candidate } from './candidates.ts';

export interface Training {
  readonly data: string;
  /** The split's file and what it holds. */
  readonly file: string;
  readonly split: Split;
  /** Where trained models go, one folder each. */
  readonly folder: string;
  readonly engine: EngineName;
  readonly epochs?: number;
  readonly costs: CostMatrix;
  readonly seed: number;
  readonly resume: boolean;
}

/** The folder of a candidate's artifact, trained if need be. @throws DomainError saying why it cannot be had. */
export async function obtainModel(candidate: Candidate, training: Training): Promise<string> {
  if (candidate.kind === 'artifact') return candidate.dir;
  const out = join(training.folder, candidate.name);
  if (training.resume && (await isOf(out, training.split))) return out;
  const { train, trainClassical } = await import('@blastwise/model');
  const { data, file, costs, seed, resume, engine, epochs } = training;
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
        }));
    return dir;
  } finally {
    phases.end();
  }
}

/** Whether a whole artifact lies there that was trained on this very split. */
async function isOf(dir: string, split: Split): Promise<boolean> {
  const { loadArtifact, SPLIT_FILE } = await import('@blastwise/model');
  const artifact = await loadArtifact(dir).catch((error: unknown) => {
    if (error instanceof DomainError) return null;
    throw error;
  });
  const bytes = artifact?.file(SPLIT_FILE);
  return bytes !== undefined && new TextDecoder().decode(bytes).trim() === JSON.stringify(split);
}

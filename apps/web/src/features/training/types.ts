import type { TrainingEpoch } from '@blastwise/contracts';
import type { RouterOutputs } from '../../trpc/types.ts';

export type Training = RouterOutputs['trainings']['list'][number];
export type TrainingGround = RouterOutputs['trainings']['ground'];

/** The epochs that a training has told of. */
export const epochsOf = ({ progress }: Pick<Training, 'progress'>): readonly TrainingEpoch[] =>
  progress && 'history' in progress ? progress.history : [];

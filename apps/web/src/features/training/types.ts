import type { TrainingEpoch, TrainingMaskEpoch } from '@blastwise/contracts';
import type { RouterOutputs } from '../../trpc/types.ts';

export type Training = RouterOutputs['trainings']['list'][number];
export type TrainingGround = RouterOutputs['trainings']['ground'];

/** The epochs that a training has told of. */
export const epochsOf = ({ progress }: Pick<Training, 'progress'>): readonly TrainingEpoch[] =>
  progress && 'history' in progress ? progress.history : [];

/** The epochs of the U-Net that a training tells of while it trains that; null: it does something else. */
export const maskEpochsOf = ({
  progress,
}: Pick<Training, 'progress'>): readonly TrainingMaskEpoch[] | null =>
  progress?.phase === 'masks' ? progress.masks : null;

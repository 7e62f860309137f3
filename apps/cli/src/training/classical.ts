import type { ClassicalModel, EngineName } from '@blastwise/model';
import { UsageError } from '../usage.ts';

/** Named here as well, so that --help need not load the models; the type keeps the lists equal. */
export const CLASSICAL = ['svm', 'xgboost'] as const satisfies readonly ClassicalModel[];

export const isClassical = (model: string): model is ClassicalModel =>
  CLASSICAL.some((name) => name === model);

/** What only a network's training knows. */
export interface NetworkOptions {
  readonly engine: EngineName;
  readonly epochs?: number;
  readonly maskEpochs?: number;
  readonly folds?: number;
  readonly external?: string;
  readonly fineTune?: string | undefined;
  readonly variant?: string;
  readonly augmentation?: string;
  readonly weights?: string | undefined;
  readonly fromScratch?: true;
}

/** A classical model learns from hand-made features on the CPU: options that it has no use for are bad usage. */
export function refuseNetworkOptions(
  model: ClassicalModel,
  {
    engine,
    epochs,
    maskEpochs,
    folds,
    external,
    fineTune,
    variant,
    augmentation,
    weights,
    fromScratch,
  }: NetworkOptions,
): void {
  const given = {
    '--epochs': epochs,
    '--mask-epochs': maskEpochs,
    '--folds': folds,
    '--external': external,
    '--fine-tune': fineTune,
    '--variant': variant,
    '--augmentation': augmentation,
    '--weights': weights,
    '--from-scratch': fromScratch,
  };
  const [option] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  const useless = option ?? (engine === 'auto' || engine === 'cpu' ? undefined : `--engine ${engine}`);
  if (useless)
    throw new UsageError(`${model} learns from hand-made features, without a network: leave out ${useless}.`);
}

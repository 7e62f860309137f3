import { epochsOf, type Training, type TrainingGround } from './types.ts';

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const cost = (value: number): string => value.toFixed(3);
export const loss = (value: number): string => value.toFixed(3);

/** What a training trains, and from what. */
export const kindOf = ({ kind, folderFields }: Pick<Training, 'kind' | 'folderFields'>): string =>
  kind === 'head'
    ? 'Head, from cached features'
    : `Blocks and U-Net, from ${countOf(folderFields ?? 0)} of the registered folder`;

export const countOf = (n: number): string => (n === 1 ? '1 field' : `${n} fields`);

/** Why a training does not start from the model in service; null: it does. */
export const passedOverText = ({
  passedOver,
}: {
  passedOver: { readonly digest: string; readonly fields: readonly unknown[] } | null;
}): string | null =>
  passedOver &&
  `The model ${passedOver.digest.slice(0, 12)} was in service, but had learned ${passedOver.fields.length === 1 ? 'a label' : `${passedOver.fields.length} labels`} withdrawn since; this base, a model before it, had not. Everything that is settled is learned from there.`;

/** How much longer, in one unit: "under a minute", "4 min", "2 h". */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** Why a training cannot be asked for now; null: it can. */
export function hindrance(ground: TrainingGround, trainings: readonly Training[]): string | null {
  if (trainings.some(({ state }) => state === 'queued' || state === 'running'))
    return 'A training is under way.';
  if (!ground.base) return 'No model is in service, so there is none to retrain.';
  if (ground.problem) return ground.problem;
  if (ground.settled === 0) return 'No field is settled as one of the four stages yet.';
  if (ground.settled === ground.reserved)
    return `All ${ground.settled} settled fields belong to patients who are kept for the test side.`;
  return null;
}

export interface Step {
  readonly title: string;
  /** 0..1; undefined where only time will tell. */
  readonly done: number | undefined;
}

/** Where an active training stands. */
export function stepOf(training: Pick<Training, 'state' | 'progress'>): Step {
  const { state, progress } = training;
  if (state === 'queued')
    return { title: 'Waits for an inference service to take it.', done: progress ? undefined : 0 };
  switch (progress?.phase) {
    case 'folder':
      return counted('Reads field', progress, 'of the registered folder');
    case 'fields':
      return counted('Reads settled field', progress);
    case 'views':
      return counted('The network’s frozen part reads view', progress);
    case 'masks': {
      const epoch = progress.masks.at(-1)?.epoch ?? 0;
      return {
        title: `U-Net: epoch ${epoch} of at most ${progress.of}; ${timeLeft(progress.secondsLeft)} left.`,
        done: epoch / progress.of,
      };
    }
    case 'epochs': {
      const epoch = epochsOf(training).at(-1)?.epoch ?? 0;
      return {
        title: `Epoch ${epoch} of at most ${progress.of}; ${timeLeft(progress.secondsLeft)} left.`,
        done: epoch / progress.of,
      };
    }
    case 'saving':
      return { title: 'Calibrates and saves the model.', done: undefined };
    default:
      return { title: 'Starts.', done: undefined };
  }
}

const counted = (what: string, { done, of }: { done: number; of: number }, where = ''): Step => ({
  title: `${what} ${done} of ${of}${where && ` ${where}`}.`,
  done: done / of,
});

/** What came of a training, in one sentence. */
export function endOf({ state, outcome, failure }: Pick<Training, 'state' | 'outcome' | 'failure'>): string {
  if (state === 'failed') return failure ?? 'It failed.';
  if (state === 'cancelled') return 'It was cancelled.';
  if (!outcome) return '';
  const { learned, reserved, validation, masks } = outcome;
  const { before, after } = validation;
  const dice = masks
    ? ` U-Net: mean Dice ${masks.before.toFixed(3)} before, ${masks.after.toFixed(3)} after${masks.bestEpoch === 0 ? ', for no epoch was better' : ''}.`
    : '';
  return `Learned from ${countOf(learned)}, ${reserved} kept for the test side. Base’s validation side: accuracy ${percent(before.accuracy)} before, ${percent(after.accuracy)} after; cost per field ${cost(before.cost)} before, ${cost(after.cost)} after.${dice}`;
}

export const KIND_WORDS = { bytes: 'same file', pixels: 'same pixels', near: 'near-duplicate' } as const;

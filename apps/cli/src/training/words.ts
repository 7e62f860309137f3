import {
  RESEARCH_NOTICE,
  type TrainingKind,
  type TrainingOutcome,
  type TrainingProgress,
} from '@blastwise/contracts';
import type { TrainingRow } from '@blastwise/db';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const cost = (value: number): string => value.toFixed(3);

export interface Step {
  readonly label: string;
  readonly done: number;
  readonly of: number;
  readonly note: string;
}

/** What a training trains, and from what. */
export const kindLine = ({ kind, folderFields }: Pick<TrainingRow, 'kind' | 'folderFields'>): string =>
  kind === 'head'
    ? 'Trains the head, from cached features.'
    : `Trains blocks and U-Net, from ${folderFields} fields of the registered folder.`;

const PART: Readonly<Record<TrainingKind, string>> = { head: 'the head', network: 'the blocks and the head' };

/** How far a training is, for a bar. */
export function stepOf(progress: TrainingProgress, kind: TrainingKind): Step {
  switch (progress.phase) {
    case 'folder':
      return { label: 'Reading the registered folder', done: progress.done, of: progress.of, note: '' };
    case 'views':
      return { label: 'Reading views', done: progress.done, of: progress.of, note: '' };
    case 'masks': {
      const { of, masks, secondsLeft } = progress;
      const last = masks.at(-1);
      const note = last
        ? `loss ${last.loss.toFixed(3)}, Dice ${last.dice.toFixed(3)}, about ${Math.ceil(secondsLeft)} s left`
        : '';
      return { label: 'Training the U-Net', done: last?.epoch ?? 0, of, note };
    }
    case 'fields':
      return { label: 'Reading fields', done: progress.done, of: progress.of, note: '' };
    case 'epochs': {
      const { of, history, secondsLeft } = progress;
      const last = history.at(-1);
      const note = last
        ? `loss ${last.loss.toFixed(3)}, accuracy ${percent(last.accuracy)}, cost per field ${cost(last.expectedCost)}, about ${Math.ceil(secondsLeft)} s left`
        : '';
      return { label: `Training ${PART[kind]}`, done: last?.epoch ?? 0, of, note };
    }
    case 'saving':
      return { label: 'Saving the model', done: 0, of: 1, note: '' };
  }
}

const NEXT =
  'Next: have it judged against the model in service, under Models in the portal; an admin who has not asked for its training promotes it.';
const JUDGED_ON_IMAGES =
  'A locked test set of features cannot judge it, for its network sees other features; one of images can: `blastwise models test-set add`.';

/** Why a training does not start from the model in service: a line, or none. */
export const passedOverLines = ({
  passedOver,
  baseDigest,
}: Pick<TrainingRow, 'passedOver' | 'baseDigest'>): string[] =>
  passedOver
    ? [
        `Starts from the model ${baseDigest.slice(0, 12)}: the one in service, ${passedOver.digest.slice(0, 12)}, has learned ${passedOver.fields.length === 1 ? 'a label' : `${passedOver.fields.length} labels`} withdrawn since.`,
      ]
    : [];

/** What came of a training, one sentence a line. */
export function endLines({ id, state, kind, resultDigest, outcome, failure }: TrainingRow): string[] {
  switch (state) {
    case 'finished': {
      const {
        learned = 0,
        reserved = 0,
        quarantined = [],
        withdrawn = [],
        validation,
        epochs = 0,
        bestEpoch = 0,
      } = outcome ?? {};
      return [
        `Trained the model ${resultDigest} from ${learned} corrected fields in ${epochs} epochs, of which epoch ${bestEpoch} was kept.`,
        ...(outcome?.masks ? [masksLine(outcome.masks)] : []),
        `${reserved} fields are kept for the test side and ${quarantined.length} were left out, for they show what a held-out image shows.`,
        ...(withdrawn.length > 0
          ? [
              `${withdrawn.length} that a model before had learned from were left out: no longer settled, or held out since.`,
            ]
          : []),
        ...(validation
          ? [
              `On the base's validation side, which chose the epoch: accuracy ${percent(validation.before.accuracy)} before, ${percent(validation.after.accuracy)} after; cost per field ${cost(validation.before.cost)} before, ${cost(validation.after.cost)} after.`,
            ]
          : []),
        ...(kind === 'network' ? [JUDGED_ON_IMAGES] : []),
        `It is known and not in service (${RESEARCH_NOTICE}).`,
        NEXT,
      ];
    }
    case 'failed':
      return [failure ?? 'The training failed.'];
    case 'cancelled':
      return [`The training was cancelled; \`blastwise retrain --resume ${id}\` goes on with it.`];
    case 'queued':
      return [
        'No inference service has taken the training yet: it waits until one runs on this database, as with `npm start`.',
        endHint(id),
      ];
    case 'running':
      return ['The training goes on without this command: see Training in the portal.', endHint(id)];
  }
}

const endHint = (id: string): string => `\`blastwise retrain --cancel ${id}\` ends it.`;

function masksLine({ edited, bestEpoch, before, after }: NonNullable<TrainingOutcome['masks']>): string {
  const what = bestEpoch === 0 ? 'No epoch of the U-Net was better than the base’s, which stayed' : 'U-Net';
  return `${what}: mean Dice ${before.toFixed(3)} before, ${after.toFixed(3)} after, on what chose the epoch; ${edited} fields have a mask that a reader drew.`;
}

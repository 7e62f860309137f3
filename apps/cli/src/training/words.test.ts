import type { TrainingProgress } from '@blastwise/contracts';
import type { TrainingRow } from '@blastwise/db';
import { describe, expect, it } from 'vitest';
import { endLines, kindLine, stepOf } from './words.ts';

const EPOCH = { epoch: 3, loss: 0.1234, accuracy: 0.987, validationLoss: 0.2, expectedCost: 1.5 };

it('which kind it is', () => {
  expect(kindLine({ kind: 'head', folderFields: null })).toBe('Trains the head, from cached features.');
  expect(kindLine({ kind: 'network', folderFields: 2930 })).toBe(
    'Trains blocks and U-Net, from 2930 fields of the registered folder.',
  );
  const progress = { phase: 'epochs', of: 12, secondsLeft: 4.2, history: [] } as const;
  expect(stepOf({ ...progress, history: [] }, 'network').label).toBe('Training the blocks and the head');
});

describe('how far a training is', () => {
  it.each<[TrainingProgress, [string, number, number, string]]>([
    [{ phase: 'fields', done: 8, of: 20 }, ['Reading fields', 8, 20, '']],
    [
      { phase: 'epochs', of: 12, secondsLeft: 4.2, history: [EPOCH] },
      ['Training the head', 3, 12, 'loss 0.123, accuracy 98.7 %, cost per field 1.500, about 5 s left'],
    ],
    [{ phase: 'folder', done: 8, of: 20 }, ['Reading the registered folder', 8, 20, '']],
    [{ phase: 'views', done: 8, of: 20 }, ['Reading views', 8, 20, '']],
    [
      { phase: 'masks', of: 6, secondsLeft: 61, masks: [{ epoch: 2, loss: 0.5, dice: 0.875 }] },
      ['Training the U-Net', 2, 6, 'loss 0.500, Dice 0.875, about 61 s left'],
    ],
    [{ phase: 'saving', history: [EPOCH] }, ['Saving the model', 0, 1, '']],
  ])('%j', (progress, [label, done, of, note]) => {
    expect(stepOf(progress, 'head')).toEqual({
      label,
      done,
      of,
      note,
    });
  });
});

describe('what came of a training', () => {
  const row = (change: Partial<TrainingRow>) => endLines(change as TrainingRow).join(' ');

  it.each<[Partial<TrainingRow>, RegExp]>([
    [{ state: 'failed', failure: 'The training leaks.' }, /^The training leaks\.$/],
    [{ id: 'x', state: 'cancelled' }, /cancelled.*`blastwise retrain --resume x` goes on/],
    [
      { id: 'x', state: 'queued' },
      /^No inference service has taken the training yet.*--cancel x` ends it\.$/,
    ],
    [{ id: 'x', state: 'running' }, /goes on without.*`blastwise retrain --cancel x` ends it\.$/],
  ])('%j', (change, said) => {
    expect(row(change)).toMatch(said);
  });

  it('names the model, what it learned from and what was left out, and that it does not serve', () => {
    const figures = (accuracy: number, cost: number) => ({ accuracy, cost });
    const said = row({
      state: 'finished',
      kind: 'network',
      resultDigest: 'abc',
      outcome: {
        epochs: 9,
        bestEpoch: 3,
        learned: 30,
        reserved: 7,
        quarantined: [],
        validation: { before: figures(0.9, 1.25), after: figures(0.91, 1.125) },
        masks: { edited: 4, bestEpoch: 2, before: 0.8, after: 0.85 },
      },
    });
    for (const part of [
      'model abc from 30 corrected fields in 9 epochs, of which epoch 3',
      'U-Net: mean Dice 0.800 before, 0.850 after, on what chose the epoch; 4 fields have a mask',
      '7 fields are kept for the test side and 0 were left out',
      'accuracy 90.0 % before, 91.0 % after; cost per field 1.250 before, 1.125 after',
      'one of images can: `blastwise models test-set add`',
      'not in service (research use, not for diagnosis)',
      'have it judged against the model in service, under Models',
    ])
      expect(said).toContain(part);
  });
});

import type { TrainingRow } from '@blastwise/db';
import { describe, expect, it } from 'vitest';
import { endLines, stepOf } from './words.ts';

const EPOCH = { epoch: 3, loss: 0.1234, accuracy: 0.987, validationLoss: 0.2, expectedCost: 1.5 };

describe('how far a training is', () => {
  it.each([
    [{ phase: 'fields', done: 8, of: 20 } as const, ['Reading fields', 8, 20, '']],
    [
      { phase: 'epochs', of: 12, secondsLeft: 4.2, history: [EPOCH] } as const,
      ['Training the head', 3, 12, 'loss 0.123, accuracy 98.7 %, cost per field 1.500, about 5 s left'],
    ],
    [{ phase: 'saving', history: [EPOCH] } as const, ['Saving the model', 0, 1, '']],
  ])('%j', (progress, [label, done, of, note]) => {
    expect(
      stepOf('history' in progress ? { ...progress, history: [...progress.history] } : progress),
    ).toEqual({
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
    [{ state: 'cancelled' }, /cancelled/],
    [{ state: 'queued' }, /^No inference service has taken the training yet/],
    [{ state: 'running' }, /goes on/],
  ])('%j', (change, said) => {
    expect(row(change)).toMatch(said);
  });

  it('names the model, what it learned from and what was left out, and that it does not serve', () => {
    const figures = (accuracy: number, cost: number) => ({ accuracy, cost });
    const said = row({
      state: 'finished',
      resultDigest: 'abc',
      outcome: {
        epochs: 9,
        bestEpoch: 3,
        learned: 30,
        reserved: 7,
        quarantined: [],
        validation: { before: figures(0.9, 1.25), after: figures(0.91, 1.125) },
      },
    });
    for (const part of [
      'model abc from 30 corrected fields in 9 epochs, of which epoch 3',
      '7 fields are kept for the test side and 0 were left out',
      'accuracy 90.0 % before, 91.0 % after; cost per field 1.250 before, 1.125 after',
      'not in service (research use, not for diagnosis)',
    ])
      expect(said).toContain(part);
  });
});

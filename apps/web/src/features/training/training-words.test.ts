import { describe, expect, it } from 'vitest';
import { endOf, hindrance, kindOf, passedOverText, stepOf, timeLeft } from './training-words.ts';
import type { Training, TrainingGround } from './types.ts';

const GROUND: TrainingGround = {
  base: { digest: 'a'.repeat(64), name: 'hybrid' },
  ...{ passedOver: null, problem: null },
  settled: 10,
  patients: 8,
  reserved: 2,
  fresh: 8,
  folder: null,
};
const EPOCH = { epoch: 3, loss: 0.5, accuracy: 0.9, validationLoss: 0.4, expectedCost: 1.25 };
const inState = (state: Training['state']) => [{ state } as Training];

it.each([
  [59.9, 'under a minute'],
  [60, '1 min'],
  [3599, '60 min'],
  [7200, '2 h'],
])('%d seconds left', (seconds, words) => {
  expect(timeLeft(seconds)).toBe(words);
});

describe('what keeps a training from being asked for', () => {
  it.each<[string, TrainingGround, readonly Training[], RegExp | null]>([
    ['nothing', GROUND, inState('failed'), null],
    ['one that waits', GROUND, inState('queued'), /under way/],
    ['one that runs', GROUND, inState('running'), /under way/],
    ['no model', { ...GROUND, base: null }, [], /No model/],
    ['no base', { ...GROUND, problem: 'Add the model before.' }, [], /^Add the model before/],
    ['no settled field', { ...GROUND, settled: 0, reserved: 0 }, [], /No field/],
    ['reserved fields alone', { ...GROUND, settled: 2 }, [], /^All 2 settled fields/],
  ])('%s', (_, ground, trainings, sentence) => {
    if (sentence) expect(hindrance(ground, trainings)).toMatch(sentence);
    else expect(hindrance(ground, trainings)).toBeNull();
  });
});

it('says why a training does not start from the model in service', () => {
  expect(passedOverText(GROUND)).toBeNull();
  const passedOver = { digest: 'b'.repeat(64), fields: [{ id: '1', group: '2' }] };
  expect(passedOverText({ passedOver })).toMatch(
    /^The model bbbbbbbbbbbb was in service, but had learned a label withdrawn since/,
  );
});

describe('where a training stands', () => {
  it.each<[Pick<Training, 'state' | 'progress'>, string, number | undefined]>([
    [{ state: 'queued', progress: null }, 'Waits for an inference service to take it.', 0],
    [{ state: 'running', progress: null }, 'Starts.', undefined],
    [
      { state: 'running', progress: { phase: 'fields', done: 5, of: 20 } },
      'Reads settled field 5 of 20.',
      0.25,
    ],
    [
      { state: 'running', progress: { phase: 'folder', done: 5, of: 20 } },
      'Reads field 5 of 20 of the registered folder.',
      0.25,
    ],
    [
      { state: 'running', progress: { phase: 'views', done: 5, of: 20 } },
      'The network’s frozen part reads view 5 of 20.',
      0.25,
    ],
    [
      {
        state: 'running',
        progress: { phase: 'masks', of: 6, secondsLeft: 90, masks: [{ epoch: 3, loss: 0.5, dice: 0.8 }] },
      },
      'U-Net: epoch 3 of at most 6; 2 min left.',
      0.5,
    ],
    [
      { state: 'running', progress: { phase: 'epochs', of: 12, secondsLeft: 90, history: [EPOCH] } },
      'Epoch 3 of at most 12; 2 min left.',
      0.25,
    ],
    [
      { state: 'running', progress: { phase: 'saving', history: [EPOCH] } },
      'Calibrates and saves the model.',
      undefined,
    ],
  ])('%j', (training, title, done) => {
    expect(stepOf(training)).toEqual({ title, done });
  });
});

it('which kind it is', () => {
  expect(kindOf({ kind: 'head', folderFields: null })).toBe('Head, from cached features');
  expect(kindOf({ kind: 'network', folderFields: 2930 })).toBe(
    'Blocks and U-Net, from 2930 fields of the registered folder',
  );
});

it('what came of it', () => {
  const outcome = {
    epochs: 9,
    bestEpoch: 3,
    learned: 1,
    reserved: 2,
    quarantined: [],
    validation: { before: { accuracy: 0.9, cost: 1.5 }, after: { accuracy: 0.95, cost: 1.25 } },
  };
  expect(endOf({ state: 'failed', outcome: null, failure: 'The training leaks.' })).toBe(
    'The training leaks.',
  );
  expect(endOf({ state: 'cancelled', outcome: null, failure: null })).toBe('It was cancelled.');
  expect(endOf({ state: 'finished', outcome, failure: null })).toBe(
    'Learned from 1 field, 2 kept for the test side. Base’s validation side: accuracy 90.0 % before, 95.0 % after; cost per field 1.500 before, 1.250 after.',
  );
  const masks = { edited: 4, bestEpoch: 0, before: 0.8, after: 0.8 };
  expect(endOf({ state: 'finished', outcome: { ...outcome, masks }, failure: null })).toMatch(
    /U-Net: mean Dice 0\.800 before, 0\.800 after, for no epoch was better\.$/,
  );
});

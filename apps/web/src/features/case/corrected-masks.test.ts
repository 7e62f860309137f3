import { describe, expect, it } from 'vitest';
import { standingMask } from './corrected-masks.ts';
import type { Correction } from './types.ts';

const reading = (id: string, mask: boolean, supersedesId: string | null = null): Correction => ({
  id,
  imageId: 'i',
  analysisId: null,
  decisionId: null,
  reader: { id: 'r', name: 'R' },
  stage: 'Pro',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: '',
  masks: { mask, nucleus: false },
  supersedesId,
  createdAt: '2026-01-01T00:00:00.000Z',
});

describe('standingMask', () => {
  it.each<[string, Correction[], string | null]>([
    ['no reading', [], null],
    ['none that corrects it', [reading('b', false), reading('a', false)], null],
    ['the latest of two readers', [reading('b', true), reading('a', true)], 'b'],
    ['an earlier reader’s, where the latest left it alone', [reading('b', false), reading('a', true)], 'a'],
    ['none that its own reader gave up', [reading('b', false, 'a'), reading('a', true)], null],
    ['the newer one of one reader', [reading('b', true, 'a'), reading('a', true)], 'b'],
  ])('%s', (_, readings, id) => {
    expect(standingMask(readings, 'mask')?.id ?? null).toBe(id);
    expect(standingMask(readings, 'nucleus')).toBeNull();
  });
});

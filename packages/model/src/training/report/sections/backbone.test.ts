import { describe, expect, it } from 'vitest';
import { STARTER_RECIPE } from '../../config.ts';
import type { RunRecord } from '../run-record.ts';
import { backboneOrigin, taughtPart } from './backbone.ts';

const recordOf = (tap: string, initial?: RunRecord['config']['initial']) =>
  ({
    config: { hybrid: { ...STARTER_RECIPE.hybrid, tap }, ...(initial && { initial }) },
  }) as unknown as RunRecord;

describe('what the card says of the backbone', () => {
  it.each<[string, RunRecord['config']['initial'], RegExp]>([
    ['its own', undefined, /^with ImageNet weights$/],
    ['published', { from: 'file', sha256: 'a'.repeat(64), published: true }, /^with ImageNet weights$/],
    ['other', { from: 'file', sha256: 'a'.repeat(64), published: false }, /does not publish$/],
    ['no', { from: 'scratch' }, /^from scratch .*drawn at random/],
  ])('with %s weights', (_, initial, words) => {
    expect(backboneOrigin(recordOf('block_12_add', initial))).toMatch(words);
  });

  it.each([
    ['backbone_pool', 'the head alone, over the backbone as it was,'],
    ['backbone_normalise', 'the whole backbone and the head'],
    ['block_12_add', 'the backbone above block_12_add and the head'],
  ])('cut at %s', (tap, words) => {
    expect(taughtPart(recordOf(tap))).toBe(words);
  });
});

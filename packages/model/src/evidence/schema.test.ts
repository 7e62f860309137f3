import { describe, expect, it } from 'vitest';
import { evidenceSchema, parseEvidence } from './schema.ts';
import { changed, WHOLE_EVIDENCE } from './testing.ts';

describe('parseEvidence', () => {
  it('gives back whole evidence, also through JSON', () => {
    expect(parseEvidence(JSON.parse(JSON.stringify(WHOLE_EVIDENCE)))).toEqual(WHOLE_EVIDENCE);
  });

  it('reads evidence of before there were figures', () => {
    expect(parseEvidence(changed(WHOLE_EVIDENCE, ['figures'], {})).figures).toBeNull();
  });

  it.each([
    'fieldOverCells',
    'figures',
    'figures.malignantToBenignRate',
    'novelty',
    'robustness.rows.0.intervals.malignantToBenignRate',
    'novelty.pbc',
    'novelty.bccd',
    'masks.hand',
    'masks.boxes',
    'masks.coverage.stages.0.methods.unet.nucleus',
    'explanation.energy.onCells',
  ])('takes null for %s, which could not be measured', (name) => {
    const path = name.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    expect(evidenceSchema.safeParse(changed(WHOLE_EVIDENCE, path, { value: null })).success).toBe(true);
  });

  it.each([
    ['robustness', null],
    ['masks.coverage', null],
    ['explanation', null],
    ['side.fields', 0],
    ['fieldOverCells.accuracy.alone.mean', Number.NaN],
    ['modelDigest', 'abc'],
    ['format', 'blastwise-evidence-2'],
  ])('refuses %s: %s', (name, value) => {
    expect(() => parseEvidence(changed(WHOLE_EVIDENCE, name.split('.'), { value }))).toThrow(name);
  });
});

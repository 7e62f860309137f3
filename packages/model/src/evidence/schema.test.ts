import { describe, expect, it } from 'vitest';
import { evidenceSchema, parseEvidence } from './schema.ts';
import { WHOLE_EVIDENCE } from './testing.ts';

type Path = readonly (string | number)[];

/** Every key of every object, down to the first of each list. */
function keysOf(value: unknown, at: Path = []): Path[] {
  if (Array.isArray(value)) return keysOf(value[0], [...at, 0]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...keysOf(inner, [...at, key])]);
}

/** A copy in which what lies at `path` is gone, or changed. */
function changed(value: unknown, [key, ...rest]: Path, to: { readonly value?: unknown }): unknown {
  if (Array.isArray(value)) return value.map((inner, i) => (i === key ? changed(inner, rest, to) : inner));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]];
      if (rest.length > 0) return [[name, changed(inner, rest, to)]];
      return 'value' in to ? [[name, to.value]] : [];
    }),
  );
}

// Without malignant fields there is nothing to bound.
const OPTIONAL = ['robustness.rows.0.intervals.malignantToBenignRate'];
const paths = keysOf(WHOLE_EVIDENCE).filter((path) => !OPTIONAL.includes(path.join('.')));

describe('parseEvidence', () => {
  it('gives back whole evidence, also through JSON', () => {
    expect(parseEvidence(JSON.parse(JSON.stringify(WHOLE_EVIDENCE)))).toEqual(WHOLE_EVIDENCE);
  });

  it.each(paths.map((path) => [path.join('.'), path] as const))(
    'refuses evidence without %s',
    (name, path) => {
      expect(() => parseEvidence(changed(WHOLE_EVIDENCE, path, {}))).toThrow(`lacks ${name}.`);
    },
  );

  it.each([
    'fieldOverCells',
    'novelty',
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

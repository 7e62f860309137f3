import type { Analysis, StageProbabilities, WhiteCell } from '@blastwise/contracts';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Findings } from '../worklist/findings.tsx';
import { CellList, CellStatement } from './cell-list.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { PredictionSet } from './prediction-set.tsx';

/** What a reader reads, without the marks around it. */
const textOf = (element: ReactElement): string =>
  renderToStaticMarkup(element)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replaceAll(/\s+/g, ' ')
    .trim();

const analysis = (change: Partial<Analysis>): Analysis => ({
  width: 224,
  height: 224,
  assessable: true,
  reasons: [],
  stage: 'Early',
  probabilities: { Benign: 0, Early: 0.6, Pre: 0.4, Pro: 0 },
  cells: 1,
  maskFraction: 0.1,
  predictionSet: null,
  outOfDistribution: null,
  scale: null,
  whiteCells: null,
  background: null,
  versions: { modelDigest: 'd'.repeat(64), modelName: 'm', preprocessing: 'p', calibration: 'c' },
  ...change,
});
const section = (change: Partial<Analysis>, assumedPrior: StageProbabilities | null = null) =>
  textOf(createElement(EvidenceSection, { analysis: analysis(change), assumedPrior }));

describe('how far to trust a result', () => {
  it.each<[string, Partial<Analysis>, string, boolean]>([
    ['an unfamiliar image', { outOfDistribution: { score: 9, flag: true } }, 'Unlike the smears', true],
    ['a familiar one', { outOfDistribution: { score: 1, flag: false } }, 'Like the smears', true],
    ['a scale', { scale: { factor: 0.5, source: 'given', tiles: 4 } }, 'Read at 0.50 × its size', true],
    ['its percentages', {}, 'Calibrated: of fields given 80 %', true],
  ])('%s', (_, change, words, said) => expect(section(change).includes(words)).toBe(said));

  it('says for which shares of the stages its percentages hold, where the model says so', () => {
    expect(section({}, { Benign: 0.178, Early: 0.282, Pre: 0.276, Pro: 0.264 })).toContain(
      'as in the fields used for calibration: Benign 17.8 %, Early 28.2 %, Pre 27.6 %, Pro 26.4 %.',
    );
    expect(section({})).toContain('as in the fields used for calibration.');
  });
});

describe('the stages that cannot be ruled out', () => {
  it.each<[Partial<Analysis>, number | null, string]>([
    [{ predictionSet: ['Early', 'Pre'] }, 0.95, 'Cannot rule out: Early, Pre (95 % level)'],
    [{ predictionSet: ['Pro'] }, 0.9, 'Only Pro fits (90 % level)'],
    [{ predictionSet: ['Pro'] }, null, 'Only Pro fits'],
    [{}, null, ''],
    [{ predictionSet: ['Pro'], assessable: false }, 0.95, ''],
  ])('%j at %j: %s', (change, level, words) => {
    const element = createElement(PredictionSet, { analysis: analysis(change), level });
    expect(textOf(element)).toBe(words);
    // The line keeps its height, so that nothing below it moves.
    expect(renderToStaticMarkup(element)).toContain('h-5');
  });
});

const cell = (change: Partial<WhiteCell> = {}): WhiteCell => ({
  x: 10,
  y: 20,
  width: 30,
  height: 30,
  nucleusShare: 0.45,
  contributions: { Benign: -1.4, Early: 2.1, Pre: 0.2, Pro: -0.9 },
  ...change,
});

describe('the cells one by one', () => {
  const list = (cells: readonly WhiteCell[], current: number | null = null) =>
    renderToStaticMarkup(createElement(CellList, { cells, current, onCurrent: () => undefined }));

  it('are a list of buttons, so that Tab reaches each', () => {
    const markup = list([cell(), cell({ x: 90, contributions: null })]);
    expect(markup.match(/<button type="button"/g)).toHaveLength(2);
    expect(markup).toContain('Speaks for Early (+2.10), against Benign (−1.40).');
    expect(markup).toContain('no statement');
  });

  it('mark the one that is looked at', () => {
    const marked = (current: number | null) =>
      list([cell(), cell({ x: 90 })], current).split('bg-accent-soft').length;
    expect([marked(null), marked(1)]).toEqual([1, 2]);
  });

  it('take no room where there are none', () => expect(list([])).toBe(''));

  it('say beside the field what they say in the list, with the nucleus', () => {
    const words = textOf(createElement(CellStatement, { cells: [cell(), cell(), cell()], index: 2 }));
    expect(words).toContain('Cell 3 Speaks for Early (+2.10), against Benign (−1.40).');
    expect(words).toContain('Nucleus: 45 % of the cell');
    expect(words).toContain('Benign −1.40 Early +2.10 Pre +0.20 Pro −0.90');
    expect(
      textOf(createElement(CellStatement, { cells: [cell({ nucleusShare: null })], index: 0 })),
    ).not.toContain('Nucleus');
  });
});

it.each([
  // Half of the bar is the largest of the field's contributions, or 0.5 where all are smaller.
  [{ Benign: 0, Early: 0.01, Pre: 0, Pro: -0.01 }, ['0', '1', '0', '1']],
  [{ Benign: -2, Early: 1, Pre: 0.5, Pro: 0.5 }, ['50', '25', '12.5', '12.5']],
])('the bars of a cell with %j are %j %% long', (contributions, lengths) => {
  const markup = renderToStaticMarkup(
    createElement(CellStatement, { cells: [cell({ contributions })], index: 0 }),
  );
  expect([...markup.matchAll(/width:([\d.]+)%/g)].map(([, length]) => length)).toEqual(lengths);
});

it('a worklist line says in words what its signs mean', () => {
  const words = textOf(createElement(Findings, { findings: ['several-stages', 'not-assessable'] }));
  expect(words).toBe('More than one stage cannot be ruled out. A field is not assessable.');
});

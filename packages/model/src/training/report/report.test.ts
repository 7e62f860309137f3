import { DomainError, MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { fitConformal } from '../../conformal/index.ts';
import { changed, keysOf, type Path, WHOLE_EVIDENCE } from '../../evidence/testing.ts';
import { OOD_METHOD } from '../../ood/index.ts';
import { STARTER_RECIPE } from '../config.ts';
import { historyPlot } from './history-plot.ts';
import { type CardModel, modelCard } from './model-card.ts';
import type { RunRecord } from './run-record.ts';

const epoch = { epoch: 1, loss: 0.5, accuracy: 0.8, validation: { 'plain loss': 0.4 }, score: 0.4 };
const counts: [number, number, number, number] = [1, 2, 3, 4];
const scores = { n: 10, accuracy: 0.9, totalCost: 10 };

const bounded = { value: 0.9, lower: 0.8, upper: 0.95 };
const copy = {
  n: 10,
  groups: 5,
  accuracy: bounded,
  averageCost: bounded,
  malignantToBenignRate: bounded,
  deferredShare: bounded,
  ece: 0.01,
  nll: 0.05,
  confusion: [counts, counts, counts, counts],
};

const reliability = { n: 10, ece: 0.02, brier: 0.1, nll: 0.3, bins: [] };

const record: RunRecord = {
  config: { ...STARTER_RECIPE, costs: STUDY_COSTS, folds: 5, seed: 1 },
  engine: { name: 'wasm', reasons: ['node-gpu: not installed'] },
  data: {
    hash: 'a'.repeat(64),
    about: 'Fields drawn for this test.',
    strategy: 'grouped',
    groups: 7,
    train: counts,
    validation: counts,
    calibration: counts,
    test: counts,
  },
  parts: {
    masks: { history: [epoch], bestEpoch: 1 },
    stages: { history: [epoch, { ...epoch, epoch: 2 }], bestEpoch: 2 },
  },
  seconds: { masks: 12.4 },
  calibration: {
    temperature: 0.7,
    bias: [0, 0, 0, 0],
    prior: [0.1, 0.2, 0.3, 0.4],
    nllBefore: 0.2,
    nllAfter: 0.1,
  },
  outOfFold: {
    folds: 5,
    copies: { plain: copy, recoloured: copy, grey: copy, 'cells-only': copy, 'cell-less': copy },
    reliability: { before: reliability, after: reliability },
    coverage: {
      perStage: MATURITY_STAGES.map((stage) => ({
        stage,
        n: 10,
        covered: 9,
        share: 0.9,
        lower: 0.6,
        upper: 0.98,
      })),
      share: 0.9,
      meanSize: 1.2,
      singletons: 0.8,
    },
  },
  test: {
    n: 10,
    groups: 5,
    accuracy: 0.9,
    accuracyInterval: { lower: 0.8, upper: 1 },
    macroF1: 0.88,
    totalCost: 10,
    totalCostInterval: { lower: 0, upper: 30 },
    averageCost: 1,
    malignantToBenignRate: 0,
    ece: 0.01,
    nll: 0.05,
    notAssessable: 0,
    confusion: [counts, counts, counts, counts],
    minimumRiskCost: 10,
    dice: 0.95,
    iou: 0.9,
    counterfactual: { recoloured: scores, grey: scores, 'cells-only': scores, cellLessNotAssessable: 0.9 },
  },
};

const { modelDigest: digest } = WHOLE_EVIDENCE;
const model: CardModel = {
  name: 'mobilenetv2-hybrid',
  digest,
  preprocessing: 'field-224-v2',
  conformal: fitConformal([], []),
  ood: { method: OOD_METHOD, threshold: 0.5, passes: 0.98, n: { training: 9, validation: 9 } },
};
const card = (changes: { model?: CardModel; record?: unknown; evidence?: unknown } = {}) =>
  modelCard(changes.model ?? model, changes.record ?? record, changes.evidence ?? WHOLE_EVIDENCE);
const { masks, novelty } = WHOLE_EVIDENCE;

/** What the card tells of a record: of the configuration a part, of the seconds whatever phases there were. */
const TOLD_OF_CONFIG =
  /^config(\.(seed|costs|hybrid|stages|hybrid\.(backbone|tap|unetFilters|head)|stages\.views.*))?$/;
const told = (path: Path): boolean => {
  const name = path.join('.');
  return name.startsWith('config') ? TOLD_OF_CONFIG.test(name) : !/^seconds\.|\.validation\./.test(name);
};

describe('modelCard', () => {
  it('tells the figures of the run and that it is for research only', () => {
    for (const text of [
      '90.0 %',
      'Research use, not for diagnosis',
      'grouped',
      '0.950',
      'Engine wasm',
      'Time, with the trainings of the 5 folds: masks 12 s.',
      '| Pro | 1 | 2 | 3 | 4 |',
      'names the stages that cannot be ruled out and flags images unlike',
      'assume these shares of the stages: Benign 10.0 %, Early 20.0 %, Pre 30.0 %, Pro 40.0 %. Where they differ,',
    ])
      expect(card()).toContain(text);
    expect(card()).not.toContain('undefined');
    expect(card()).not.toContain('NaN');
  });

  it.each([
    ['the fields', '300 fields of 12 groups, the test side, and images of other sources.'],
    ['the field over its cells', '| 60.0 % (55.0 % to 65.0 %) | 30.0 (25.0 to 35.0) |'],
    ['robustness', '| blur, 2 (sigma, px) | 40 | 90.0 % (80.0 % to 100.0 %) | 1.50 (0.80 to 1.00) |'],
    ['novelty', '| of them lymphocyte | 40 | 20.0 % (15.0 % to 25.0 %) |'],
    [
      'masks by hand',
      '| all | 40 | U-Net of this model | 0.800 (0.750 to 0.850) | 0.700 | 2 | 0.900 (0.850 to 0.950) | 0.820 | 1 |',
    ],
    ['boxes', '| published HSV band | 50 | 40 | 80.0 % (75.0 % to 85.0 %) |'],
    ['coverage', '| Pro | 10 | stain, adaptive | 1 | 9.0 (8.9 to 9.1) | 20.0 % (15.0 % to 25.0 %) |'],
    ['explanations', '| share of the heat on white cells | 50.0 % (45.0 % to 55.0 %) | 40 |'],
  ])('tells the evidence: %s', (_, text) => {
    expect(card()).toContain(text);
  });

  it.each([
    [
      'Out of fold',
      'fields whose probabilities or prediction sets ask for one. As served, a field may also be found not',
    ],
    ['What the field adds over its cells', 'never saw a single cell cut out'],
    ['What the field adds over its cells', 'is an upper bound (decision 13)'],
    ['Masks drawn by hand', 'chosen on some of these pictures (decisions 15 and 56)'],
    ['White cells in boxes', 'chosen on some of these fields (decision 15)'],
    ['Explanations', 'A correlation below 0 says that places hot for the model tend to be cold'],
    ['Explanations', 'Where fewer than 40 fields gave\none, the heat of the others was the same everywhere'],
    ['Explanations', 'the share on white cells is a floor'],
  ])('says how its figures must be read: %s, %s', (section, text) => {
    const [, said = ''] = card().split(`# ${section}\n`);
    expect(said.split('\n#')[0]).toContain(text);
  });

  it('shows no figure of nuclei where the U-Net draws none', () => {
    const [all] = masks.hand?.sets ?? [];
    if (!all) throw new Error('The evidence has no hand-made masks.');
    const unet = { ...all.methods.unet, nucleus: null };
    const hand = { n: 40, sets: [{ ...all, methods: { ...all.methods, unet } }] };
    const text = card({ evidence: { ...WHOLE_EVIDENCE, masks: { ...masks, hand } } });
    expect(text).toContain('| U-Net of this model | 0.800 (0.750 to 0.850) | 0.700 | 2 | - | - | - |');
  });

  /** The evidence of this very test side. */
  const ofTestSide = { ...WHOLE_EVIDENCE, side: { ...WHOLE_EVIDENCE.side, fields: 10, groups: 5 } };

  it.each([
    '| accuracy (most probable stage) | 90.0 % | 80.0 % to 95.0 % |',
    '| total cost (lowest expected cost) | 11 | 2.00 to 33 |',
    '| cost per 518 fields (the test side of the published study) | 518 | 0.00 to 1554 |',
    '| macro F1 | 0.8800 | 0.7100 to 0.9600 |',
    '| malignant fields called Benign | 0.0 % | 0.0 % to 7.0 % |',
    '| found not assessable | 2 | 0 to 5 |',
    '| mask IoU against the weak labels | 0.900 | 0.870 to 0.920 |',
  ])('gives a figure of the test side its interval: %s', (row) => {
    expect(card({ evidence: ofTestSide })).toContain(row);
  });

  it('gives every figure of the test side an interval, or those of the record where other fields were measured', () => {
    const results = (text: string) => text.slice(text.indexOf('## Results'), text.indexOf('Rows actual'));
    const without = (text: string) => results(text).match(/^\| [^|]+ \| [^|]+ \| {2}\|$/gm) ?? [];
    expect(without(card({ evidence: ofTestSide }))).toEqual([]);
    for (const evidence of [WHOLE_EVIDENCE, { ...ofTestSide, figures: null }]) {
      expect(card({ evidence })).toContain('| accuracy (most probable stage) | 90.0 % | 80.0 % to 100.0 % |');
      expect(without(card({ evidence }))).toHaveLength(10);
    }
  });

  it('writes tables with as many cells in every row as in their head', () => {
    const tables = card()
      .split('\n\n')
      .filter((block) => block.startsWith('|'))
      .map((block) => block.trimEnd().split('\n'));
    expect(tables.length).toBeGreaterThan(10);
    for (const rows of tables)
      expect(new Set(rows.map((line) => line.split('|').length))).toEqual(
        new Set([rows[0]?.split('|').length]),
      );
  });

  it.each([
    ['hand-made masks', { masks: { ...masks, hand: null } }, 'no wbc-segmentation set was given'],
    ['boxes', { masks: { ...masks, boxes: null } }, 'no bccd set was given'],
    ['single cells', { novelty: novelty && { ...novelty, pbc: null } }, 'no pbc set was given'],
    ['a novelty score', { novelty: null }, 'this model has no novelty score'],
    ['white cells', { fieldOverCells: null }, 'no field shows a white cell'],
    ['a split of its own', { side: { ...WHOLE_EVIDENCE.side, learnedFrom: null } }, 'is not known'],
    [
      'any other source',
      { masks: { ...masks, hand: null, boxes: null }, novelty: null },
      '300 fields of 12 groups, the test side.',
    ],
    [
      'clean hands',
      { side: { ...WHOLE_EVIDENCE.side, learnedFrom: 7 } },
      '**The model learned from 7 of them',
    ],
  ])('says what could not be measured or believed: without %s', (_, change, text) => {
    expect(card({ evidence: { ...WHOLE_EVIDENCE, ...change } })).toContain(text);
  });

  it('says what an older model does not draw or answer', () => {
    const { conformal: _sets, ood: _score, ...older } = model;
    const hybrid = { ...record.config.hybrid, maskChannels: 1 };
    const text = card({ model: older, record: { ...record, config: { ...record.config, hybrid } } });
    expect(text).toContain('gives no set of stages that cannot be ruled out and does not flag');
    expect(text).not.toContain('nuclei and');
  });

  it('reads a record of before folds and calibration sides: it had none of either', () => {
    const { outOfFold: _folds, ...earlier } = record;
    const { calibration: _side, ...data } = record.data;
    const { folds: _number, ...config } = record.config;
    const text = card({ record: { ...earlier, data, config } });
    expect(text).toContain('The run was asked for no folds.');
    expect(text).toContain('Time: masks 12 s.');
    expect(text).toContain('| calibration | 0 | 0 | 0 | 0 | 0 |');
  });

  it.each(
    keysOf(record)
      .filter(told)
      .map((path) => [path.join('.'), path] as const),
  )('refuses a record without %s', (name, path) => {
    expect(() => card({ record: changed(record, path, {}) })).toThrow(
      new DomainError('INTERNAL', `The run record is incomplete: it lacks ${name}.`),
    );
  });

  it.each([
    ['test.nll', Number.NaN],
    ['parts.stages.history', []],
  ])('refuses a record whose %s is none', (name, value) => {
    expect(() => card({ record: changed(record, name.split('.'), { value }) })).toThrow(name);
  });

  it.each(
    keysOf(WHOLE_EVIDENCE)
      // Earlier evidence has none.
      .filter((path) => path.join('.') !== 'figures')
      .map((path) => [path.join('.'), path] as const),
  )('refuses evidence without %s', (name, path) => {
    expect(() => card({ evidence: changed(WHOLE_EVIDENCE, path, {}) })).toThrow(
      new DomainError('INTERNAL', `The evidence is incomplete: it lacks ${name}.`),
    );
  });

  it('refuses evidence of another model', () => {
    expect(() => card({ model: { ...model, digest: 'e'.repeat(64) } })).toThrow('another model');
  });
});

describe('historyPlot', () => {
  it('draws one panel a part and one curve a figure', () => {
    const svg = historyPlot([
      { title: 'Masks <1>', history: [{ ...epoch, accuracy: null }] },
      { title: 'Stages', history: record.parts.stages.history },
    ]);
    expect(svg.match(/<polyline/g)).toHaveLength(2 + 3);
    expect(svg).toContain('Masks &#60;1&#62;');
    expect(svg).not.toContain('NaN');
  });
});

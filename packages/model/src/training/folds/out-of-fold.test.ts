import { MATURITY_STAGES, type MaturityStage, STUDY_COSTS, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import type { ViewKind } from '../../counterfactual/index.ts';
import type { Side } from '../../dataset/index.ts';
import { COPIES, judgedRows, outOfFold, type TrainedFold } from './out-of-fold.ts';

type LogitsOf = (field: number, kind: ViewKind) => StageVector;

/** Logits that lean to one stage by `weight`. */
function leaning(to: MaturityStage, weight = 4): StageVector {
  const of = (stage: MaturityStage) => (stage === to ? weight : 0);
  return [of('Benign'), of('Early'), of('Pre'), of('Pro')];
}

/** A training that answers every field in every view, the last one first. */
function foldOf(sides: readonly Side[], logitsOf: LogitsOf): TrainedFold {
  const fields = sides.map((_, i) => i).toReversed();
  const answers = COPIES.map((kind) => [
    `judge-${kind}`,
    {
      fields,
      logits: fields.map((field) => logitsOf(field, kind)),
      features: new Float32Array(),
      dimension: 0,
    },
  ]);
  return { sides, result: { answers: Object.fromEntries(answers) } };
}

const fieldsOf = (stages: readonly MaturityStage[]) =>
  stages.map((stage, i) => ({ stage, group: `group ${i}` }));

describe('judgedRows', () => {
  /** 19 fields are the fewest that a threshold of 95 % can be cut from: (19 + 1) 0.95 = 19. */
  const CALIBRATION = Array.from({ length: 19 }, () => ['Benign', 'calibration'] as const);
  const SIDES: readonly (readonly [MaturityStage, Side])[] = [
    ['Early', 'test'],
    ['Pro', 'test'],
    ['Pre', 'train'],
    ...MATURITY_STAGES.map((stage) => [stage, 'validation'] as const),
    ...CALIBRATION,
  ];
  const fields = fieldsOf(SIDES.map(([stage]) => stage));
  const stageOf = (field: number): MaturityStage => fields[field]?.stage ?? 'Benign';
  const sides = SIDES.map(([, side]) => side);
  const honest: LogitsOf = (field) => leaning(stageOf(field), 2);
  const other = foldOf(
    sides.map((side) => (side === 'test' ? 'train' : side === 'train' ? 'test' : side)),
    honest,
  );
  /** The answer for the first field, after what the fold says of some rows was changed. */
  const first = (
    changes: (field: number, kind: ViewKind) => boolean,
    kind: ViewKind = 'plain',
    by = other,
  ) => {
    const fold = foldOf(sides, (field, view) =>
      changes(field, view) ? leaning('Pre', 3) : honest(field, view),
    );
    const row = judgedRows(fields, [fold, by])(kind).find(({ group }) => group === 'group 0');
    if (!row) throw new Error('The first field was not judged.');
    return row;
  };
  const before = first(() => false);

  it('keeps what the thresholds of the calibration side leave: Benign is cut, the others have no fields to be cut by', () => {
    expect(before).toMatchObject({ actual: 'Early', group: 'group 0', assessable: true });
    expect(before.predictionSet).toEqual(['Early', 'Pre', 'Pro']);
  });

  it.each([
    { what: 'another field of the test side', side: 'test', probabilities: true, sets: true },
    { what: 'the training side', side: 'train', probabilities: true, sets: true },
    { what: 'the calibration side', side: 'calibration', probabilities: true, sets: false },
    { what: 'the validation side', side: 'validation', probabilities: false, sets: null },
  ])('other answers for $what: probabilities stay $probabilities, sets stay $sets', (row) => {
    const after = first((field) => field !== 0 && sides[field] === row.side);
    expect(after.logits).toEqual(before.logits);
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    expect(same(after.probabilities, before.probabilities)).toBe(row.probabilities);
    if (row.sets !== null) expect(same(after.predictionSet, before.predictionSet)).toBe(row.sets);
  });

  it('calibrates copies by the fields as they are', () => {
    const recoloured = first((field, kind) => kind === 'recoloured' && field !== 0, 'recoloured');
    expect(recoloured).toEqual(before);
  });

  it('heeds nothing that another fold says', () => {
    const by = foldOf(other.sides, () => leaning('Pre', 3));
    expect(first(() => false, 'plain', by)).toEqual(before);
  });

  it.each([
    { validation: ['Benign', 'Benign', 'Benign', 'Benign', 'Early', 'Pre', 'Pro'], most: 0 },
    { validation: ['Benign', 'Early', 'Pre', 'Pro', 'Pro', 'Pro', 'Pro'], most: 3 },
  ] as const)('takes the shares of the stages from the own validation side: $validation', (row) => {
    // Without any evidence: between the share with one field more of each stage, 5 of 11, and the share itself, 4 of 7.
    const shown = fieldsOf(['Pre', ...row.validation, ...MATURITY_STAGES]);
    const silent: LogitsOf = () => [0, 0, 0, 0];
    const even: Side[] = shown.map((_, i) =>
      i > row.validation.length ? 'validation' : i === 0 ? 'train' : 'test',
    );
    const uneven: Side[] = shown.map((_, i) =>
      i === 0 ? 'test' : i <= row.validation.length ? 'validation' : 'train',
    );
    const rows = judgedRows(shown, [foldOf(uneven, silent), foldOf(even, silent)])('plain');
    const [skewed, ...flat] = rows.map(({ probabilities }) => probabilities);
    expect(skewed?.[row.most]).toBeGreaterThan(5 / 11);
    expect(skewed?.[row.most]).toBeLessThan(4 / 7);
    expect(flat).toHaveLength(row.validation.length);
    for (const probabilities of flat) for (const p of probabilities) expect(p).toBeCloseTo(1 / 4, 6);
  });
});

describe('outOfFold', () => {
  /** Three fields of every stage; fold k tests the k-th of each, calibrates on the next and cuts sets on the one after. */
  const fields = fieldsOf(MATURITY_STAGES.flatMap((stage) => [stage, stage, stage]));
  const ROLES = ['test', 'validation', 'calibration'] as const;
  const sidesOf = (fold: number): Side[] => fields.map((_, i) => ROLES[((i % 3) + 3 - fold) % 3] ?? 'train');
  const right: LogitsOf = (field) => leaning(fields[field]?.stage ?? 'Benign');
  /** Every fold is right on the fields as they are but for the first Early one, called Pre by the fold that tests it. */
  const folds = [0, 1, 2].map((fold) =>
    foldOf(sidesOf(fold), (field, kind) => {
      if (fold === 0 && field === 3) return leaning('Pre');
      // The last Pro field without its background is called Benign.
      return kind === 'cells-only' && field === 11 ? leaning('Benign') : right(field, kind);
    }),
  );

  it('judges every field once, by the fold that tests it', () => {
    const marked = [0, 1, 2].map((fold) =>
      foldOf(sidesOf(fold), (field) => [fold, fields[field]?.stage === 'Pro' ? 1 : 0, 0, 0]),
    );
    const rows = judgedRows(fields, marked)('grey');
    const groups = rows.map(({ group }) => group);
    expect(groups.toSorted()).toEqual(fields.map(({ group }) => group).toSorted());
    for (const { group, actual, logits } of rows) {
      const field = fields.findIndex((f) => f.group === group);
      expect(actual).toBe(fields[field]?.stage);
      expect(logits).toEqual([field % 3, actual === 'Pro' ? 1 : 0, 0, 0]);
    }
  });

  it('pools what the folds say of their test sides', () => {
    const pooled = outOfFold(fields, folds, STUDY_COSTS, 1);
    expect(pooled?.folds).toBe(3);
    expect(Object.keys(pooled?.copies ?? {})).toEqual([...COPIES]);
    // Early called Pre costs 15, Pro called Benign 30; nine fields show a malignant stage.
    expect(pooled?.copies.plain).toMatchObject({
      n: 12,
      groups: 12,
      accuracy: { value: 11 / 12 },
      averageCost: { value: 15 / 12 },
      malignantToBenignRate: { value: 0 },
      confusion: [
        [3, 0, 0, 0],
        [0, 2, 1, 0],
        [0, 0, 3, 0],
        [0, 0, 0, 3],
      ],
    });
    expect(pooled?.copies['cells-only']).toMatchObject({
      accuracy: { value: 10 / 12 },
      averageCost: { value: 45 / 12 },
      malignantToBenignRate: { value: 1 / 9 },
    });
    // Of four stages one leans by 4: e^4 / (e^4 + 3). Eleven of twelve are right.
    const sure = Math.exp(4) / (Math.exp(4) + 3);
    expect(pooled?.reliability.before.nll).toBeCloseTo(
      -(11 * Math.log(sure) + Math.log((1 - sure) / 3)) / 12,
      10,
    );
    expect(pooled?.reliability.after.nll).not.toBeCloseTo(pooled?.reliability.before.nll ?? 0, 3);
    // A calibration side of one field a stage rules nothing out.
    expect(pooled?.coverage).toMatchObject({ share: 1, meanSize: 4, singletons: 0 });
  });

  it('gives nothing without folds, and refuses a fold that has not answered a view', () => {
    expect(outOfFold(fields, [], STUDY_COSTS, 1)).toBeNull();
    const mute = { sides: sidesOf(0), result: { answers: {} } };
    expect(() => outOfFold(fields, [mute], STUDY_COSTS, 1)).toThrow('There is no judging view plain.');
  });
});

import type { MaturityStage } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../metrics/wilson.ts';
import { type Agreement, agreementOf, kappaOf } from './agreement.ts';

type Word = MaturityStage | null;
const pairs = (counts: readonly [Word, Word, number][], perGroup = 1) => {
  const all = counts.flatMap(([first, second, n]) => Array.from({ length: n }, () => ({ first, second })));
  return all.map((pair, i) => ({ ...pair, group: `case ${Math.floor(i / perGroup)}` }));
};

describe('kappaOf', () => {
  it('equals the textbook example worked by hand', () => {
    // 20 both say Pre, 5 Pre/Pro, 10 Pro/Pre, 15 both Pro: observed 0.7, chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
    const read = pairs([
      ['Pre', 'Pre', 20],
      ['Pre', 'Pro', 5],
      ['Pro', 'Pre', 10],
      ['Pro', 'Pro', 15],
    ]);
    expect(kappaOf(read)).toBeCloseTo(0.4, 12);
  });

  it.each<[string, [Word, Word, number][], number | null]>([
    [
      'full agreement over two words',
      [
        ['Pre', 'Pre', 3],
        [null, null, 3],
      ],
      1,
    ],
    [
      'full disagreement over two words',
      [
        ['Pre', 'Pro', 3],
        ['Pro', 'Pre', 3],
      ],
      -1,
    ],
    ['one word only, so that chance agrees as well', [['Pre', 'Pre', 6]], null],
    ['nothing read', [], null],
  ])('%s', (_, counts, expected) => {
    const kappa = kappaOf(pairs(counts));
    if (expected === null) expect(kappa).toBeNull();
    else expect(kappa).toBeCloseTo(expected, 12);
  });
});

function boundsOf(agreement: Agreement | null): Bounds {
  if (!agreement || typeof agreement.interval === 'string') throw new Error('There is no interval.');
  return agreement.interval;
}

describe('agreementOf', () => {
  const counts: [Word, Word, number][] = [
    ['Pre', 'Pre', 40],
    ['Pre', 'Early', 6],
    ['Early', 'Early', 30],
    ['Pro', 'Pre', 4],
  ];

  it('gives an interval around kappa, wider where few cases hold many fields', () => {
    const [alone, together] = [
      agreementOf(pairs(counts), { seed: 1 }),
      agreementOf(pairs(counts, 10), { seed: 1 }),
    ];
    expect(alone).toMatchObject({ fields: 80, groups: 80, observed: 70 / 80 });
    expect(together).toMatchObject({ fields: 80, groups: 8, kappa: alone?.kappa });
    const [narrow, wide] = [boundsOf(alone), boundsOf(together)];
    expect(narrow.lower).toBeLessThan(alone?.kappa ?? Number.NaN);
    expect(narrow.upper).toBeGreaterThan(alone?.kappa ?? Number.NaN);
    expect(wide.upper - wide.lower).toBeGreaterThan(narrow.upper - narrow.lower);
  });

  it('says the same for one seed, and knows no interval of a few cases', () => {
    expect(agreementOf(pairs(counts), { seed: 3 })).toEqual(agreementOf(pairs(counts), { seed: 3 }));
    expect(agreementOf(pairs(counts, 20), { seed: 1 })).toMatchObject({ groups: 4, interval: 'too-few' });
    expect(agreementOf([], { seed: 1 })).toBeNull();
  });

  it.each<[string, [Word, Word, number][], number | null]>([
    // Whichever fields are drawn, all agree: 1, or none where only one word is drawn. Five draws of five show no spread.
    [
      'five fields of five cases in full agreement',
      [
        ['Pre', 'Pre', 3],
        ['Pro', 'Pro', 2],
      ],
      1,
    ],
    // The first says Pre of every field: what the second says agrees as often as by chance, in every draw.
    [
      'a reader who says one word throughout',
      [
        ['Pre', 'Pre', 7],
        ['Pre', 'Pro', 3],
        ['Pre', 'Early', 2],
      ],
      0,
    ],
    ['one word from both', [['Pre', 'Pre', 6]], null],
  ])('gives no interval without width: %s', (_, read, kappa) => {
    const agreement = agreementOf(pairs(read), { seed: 1 });
    expect(agreement?.interval).toBe('too-uniform');
    if (kappa === null) expect(agreement?.kappa).toBeNull();
    else expect(agreement?.kappa).toBeCloseTo(kappa, 12);
  });

  it('gives one as soon as one field of six is read differently', () => {
    const read = pairs([
      ['Pre', 'Pre', 3],
      ['Pro', 'Pro', 2],
      ['Pre', 'Pro', 1],
    ]);
    // Observed 5/6, chance (4 * 3 + 2 * 3) / 36 = 1/2: kappa 2/3. A third of the draws leave the sixth field out.
    expect(agreementOf(read, { seed: 1 })?.kappa).toBeCloseTo(2 / 3, 12);
    expect(boundsOf(agreementOf(read, { seed: 1 }))).toMatchObject({ upper: 1 });
  });

  it('counts every field both ways round where readers are interchangeable', () => {
    const one = pairs([
      ['Pre', 'Pre', 20],
      ['Pre', 'Pro', 15],
      ['Pro', 'Pro', 15],
    ]);
    const turned = one.map(({ first, second, group }) => ({ first: second, second: first, group }));
    const agreement = agreementOf(one, { seed: 1, interchangeable: true });
    // Of 100 words 55 are Pre: observed 0.7, chance 0.55² + 0.45² = 0.505.
    expect(agreement).toMatchObject({ fields: 50, groups: 50, observed: 0.7 });
    expect(agreement?.kappa).toBeCloseTo((0.7 - 0.505) / 0.495, 12);
    expect(agreementOf(turned, { seed: 1, interchangeable: true })).toEqual(agreement);
    expect(agreementOf(turned, { seed: 1 })).toMatchObject({ kappa: agreementOf(one, { seed: 1 })?.kappa });
  });
});

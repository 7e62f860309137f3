import { judgementSchema, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { guarded } from './guard.ts';
import { judgeWithReserved } from './judge-with-reserved.ts';
import type { PairedOutcome } from './outcome.ts';
import { outcomes } from './testing.ts';

const first = { setId: '6f4e4c3e-4a4e-4c51-9f0e-0b5f2f9d9f10', setName: 'Test side' };

/** 32 fields of one look, each a smear of its own, that the champion calls Benign and the challenger does not. */
const oneLook = Array.from({ length: 32 }, (_, i) =>
  outcomes(`smear ${i}`, ['Early', 'Benign', 'Early']),
).flat();
const bought = judgeWithReserved({ locked: oneLook, reserved: [] }, STUDY_COSTS, {
  ...{ seed: 1, budget: 20, reservedBudget: 20 },
});

/** 200 malignant fields in 40 groups that both have right, and what else is said of the first set. */
const others = (...more: PairedOutcome[][]): PairedOutcome[] =>
  [...Array.from({ length: 40 }, (_, i) => outcomes(`old ${i}`, ['Pre', 'Pre', 'Pre'], 5)), ...more].flat();
const guard = (fields: PairedOutcome[]) =>
  guarded(bought, { ...first, outcomes: fields }, STUDY_COSTS, { seed: 1, budget: 20 });

describe('guarded', () => {
  it('lets a verdict stand where the first set shows nothing worse, and says so', () => {
    expect(bought.verdict).toBe('promote');
    const result = guard(others());
    expect(result).toMatchObject({ verdict: 'promote', promote: true, guard: { ...first } });
    expect(result.guard?.comparison).toMatchObject({ fields: 200, groups: 40 });
    expect(result.reasons.at(-1)).toMatch(
      /^On the first locked test set, Test side, .* more by 0.0000 per field, where 0.10 more are allowed/,
    );
    expect(judgementSchema.parse(result)).toEqual(result);
  });

  it.each<[string, PairedOutcome[], boolean]>([
    // 2 x 10 over 202 fields is 0.099; 3 x 10 over 203 is 0.148.
    ['two stages wrong', outcomes('x', ['Pro', 'Pro', 'Pre'], 2), true],
    ['three stages wrong', outcomes('x', ['Pro', 'Pro', 'Pre'], 3), false],
    // 1 of 201 is 0.5 %, 3 of 203 are 1.5 %.
    ['one miss', outcomes('y', ['Early', 'Early', 'Benign'], 1), true],
    [
      'three misses paid for elsewhere',
      [...outcomes('y', ['Early', 'Early', 'Benign'], 3), ...outcomes('z', ['Pro', 'Early', 'Pro'], 3)],
      false,
    ],
  ])('weighs %s by the margin', (_, fields, passes) => {
    const result = guard(others(fields));
    expect(result.verdict).toBe(passes ? 'promote' : 'refuse');
    expect(result.promote).toBe(passes);
  });

  it('allows a rise by the whole margin, whatever both miss', () => {
    // 3 of 100 missed by both, one more by the challenger, of which the cost is made up for elsewhere.
    const fields = [
      ...outcomes('a', ['Pre', 'Pre', 'Pre'], 95),
      ...outcomes('b', ['Pre', 'Benign', 'Benign'], 3),
      ...outcomes('c', ['Early', 'Early', 'Benign']),
      ...outcomes('d', ['Pro', 'Pre', 'Pro']),
    ];
    expect(guard(fields).verdict).toBe('promote');
    expect(guard([...fields, ...outcomes('e', ['Early', 'Early', 'Benign'])]).verdict).toBe('refuse');
  });

  it('refuses a model that is ruined elsewhere, that first', () => {
    const ruined = others(outcomes('w', ['Pro', 'Pro', 'Benign'], 40));
    const { verdict, reasons } = guard(ruined);
    expect(verdict).toBe('refuse');
    expect(reasons.slice(0, 2)).toEqual([
      'The challenger is refused; the champion stays.',
      expect.stringMatching(/it costs more by 5.00 per field, .* Benign more by 16.67 percentage points/),
    ]);
    expect(reasons).not.toContain(bought.reasons[0]);
  });

  it('lets nothing pass that the set itself did not', () => {
    const refused = { ...bought, verdict: 'refuse', promote: false } as const;
    const result = guarded(refused, { ...first, outcomes: others() }, STUDY_COSTS, { seed: 1 });
    expect(result).toMatchObject({ verdict: 'refuse', promote: false });
  });
});

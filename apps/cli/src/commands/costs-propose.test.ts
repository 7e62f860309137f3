import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CostTable, costTableSchema, DEFAULT_COST_WEIGHTS, STUDY_COSTS } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

const HEADER = 'actual,predicted,severity,certainty,confirmedBy';
const GIVEN = ['--prior', 'study.json', '--corrections', 'corrections.csv'];
const FREE: CostTable[number] = [0, 0, 0, 0];

let root = '';
const propose = (...args: string[]) => runHere(['costs', 'propose', ...args], { cwd: root });
const saveCosts = (name: string, matrix: CostTable) =>
  writeFile(join(root, name), JSON.stringify({ ...STUDY_COSTS, matrix }));
const saveCorrections = (name: string, ...rows: string[]) => writeFile(join(root, name), rows.join('\r\n'));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-costs-'));
  const [benign, early, pre, pro] = STUDY_COSTS.matrix;
  await saveCosts('study.json', STUDY_COSTS.matrix);
  await saveCosts('active.json', [benign, early, pre, [60, 25, 10, 0]]);
  await saveCosts('dominated.json', [benign, early, [20, 15, 0, 0], pro]);
  await saveCosts('elsewhere.json', [[0, 1, 0, 0], FREE, FREE, FREE]);
  await saveCosts('small.json', [FREE, FREE, FREE, [1, 0, 0, 0]]);
  await saveCorrections(
    'corrections.csv',
    HEADER,
    'Pro,Benign,critical,sure,genetics',
    'Pro,Benign,critical,sure,flow-cytometry',
    'Pro,Benign,serious,probable,genetics',
    'Benign,Early,none,sure,morphology',
    'Pre,Pre,critical,sure,genetics',
    '',
  );
  await saveCorrections('harmless.csv', HEADER, 'Pro,Benign,none,sure,genetics');
  await saveCorrections('bad.csv', HEADER, 'Pro,Benign,grave,sure,genetics');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const grid = <T extends z.ZodType>(cell: T) => z.array(z.array(cell).length(4)).length(4);
const proposalSchema = z.strictObject({
  matrix: costTableSchema,
  posterior: costTableSchema,
  intervals: grid(z.tuple([z.number().min(0), z.number().min(0)])),
  evidence: grid(z.number().min(0)),
  weights: z.object({ priorStrength: z.number() }).loose(),
  skipped: z.int(),
});
const read = (stdout: string) => proposalSchema.parse(JSON.parse(stdout));

describe('costs propose', () => {
  it('prints the proposal of the design, and nothing else, to stdout', async () => {
    const { status, stdout, stderr } = await runCli(['costs', 'propose', ...GIVEN, '--json'], { cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'For research use, not for diagnosis.\n' });
    const proposal = read(stdout);
    // Truly Pro called Benign: weights 2, 2 and 1, so (5 * 30 + 4 * 30 + 1 * 20) / 10 = 29.
    expect(proposal.posterior[3]).toEqual([29, 25, 10, 0]);
    expect(proposal.matrix[3]).toEqual([29, 25, 10, 0]);
    // Truly Benign called Early: (5 * 10 + 0) / 6, within 2.5 of 10.
    expect(proposal.matrix[0]?.[1]).toBeCloseTo(50 / 6, 12);
    expect(proposal.evidence).toEqual([[0, 1, 0, 0], FREE, FREE, [5, 0, 0, 0]]);
    // 1.96 sqrt(116 / 10)
    expect(proposal.intervals[3]?.[0]?.[0]).toBeCloseTo(29 - 6.6754, 4);
    expect(proposal.intervals[3]?.[0]?.[1]).toBeCloseTo(29 + 6.6754, 4);
    expect(proposal.weights).toEqual(DEFAULT_COST_WEIGHTS);
    expect(proposal.skipped).toBe(1);
  });

  it('steps from the active matrix', async () => {
    const { stdout } = await propose(...GIVEN, '--active', 'active.json', '--json');
    const { matrix, posterior } = read(stdout);
    expect([matrix[3][0], posterior[3][0]]).toEqual([45, 29]);
  });

  it('takes other costs and weights, and says which', async () => {
    const { stdout } = await propose(
      ...[...GIVEN, '--severities', 'serious=40,critical=60', '--certainty-weights', 'probable=0'],
      ...['--confirmation-weights', 'genetics=4', '--prior-strength', '6'],
      ...['--step-share', '0.1', '--step-cost', '4', '--json'],
    );
    const { matrix, posterior, evidence, weights } = read(stdout);
    // Weights 4, 2 and 0: (6 * 30 + 6 * 60) / 12.
    expect([posterior[3][0], evidence[3]?.[0]]).toEqual([45, 6]);
    // A tenth of 30 is less than 4.
    expect(matrix[3][0]).toBe(34);
    expect(weights).toEqual({
      severity: { ...DEFAULT_COST_WEIGHTS.severity, serious: 40, critical: 60 },
      certainty: { ...DEFAULT_COST_WEIGHTS.certainty, probable: 0 },
      confirmedBy: { ...DEFAULT_COST_WEIGHTS.confirmedBy, genetics: 4 },
      priorStrength: 6,
      step: { share: 0.1, cost: 4 },
    });
  });

  it('tells people which cells keep their cost, and the weights in use', async () => {
    const { status, stdout } = await propose(...GIVEN);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^corrections 5, of which skipped because the answer was right 1$/m);
    expect(stdout).toMatch(/^Pro called Benign +30\.00 +29\.00 +29\.00 +22\.32 - 35\.68 +5\.00$/m);
    expect(stdout).toMatch(/^Early called Pro +25\.00 +25\.00 +25\.00 +15\.56 - 34\.44 +none: kept$/m);
    expect(stdout).toMatch(/^severities none=0,minor=5,moderate=10,serious=20,critical=30$/m);
    expect(stdout).toMatch(/^prior strength 5$/m);
    expect(stdout).toMatch(/^step share=0\.25,cost=2$/m);
  });

  it('warns of a dominated stage beside the result', async () => {
    const { status, stdout, stderr } = await propose(
      ...['--prior', 'dominated.json', '--corrections', 'harmless.csv', '--json'],
    );
    expect(status).toBe(0);
    expect(read(stdout).matrix[2]).toEqual([20, 15, 0, 0]);
    expect(stderr).toMatch(
      /^Warning: Errors on truly Pre fields are nowhere dearer than on truly Pro ones: /,
    );
  });

  it.each([
    ['no prior', ['--corrections', 'corrections.csv'], /--prior/],
    ['no corrections', ['--prior', 'study.json'], /--corrections/],
    ['no such prior', ['--prior', 'nowhere.json', '--corrections', 'corrections.csv'], /cannot be read/],
    ['no such active matrix', [...GIVEN, '--active', 'nowhere.json'], /cannot be read/],
    ['no such corrections', ['--prior', 'study.json', '--corrections', 'nowhere.csv'], /cannot be read/],
    [
      'a severity that is none',
      ['--prior', 'study.json', '--corrections', 'bad.csv'],
      /^Row 2, column severity: "grave" is none of none, minor, moderate, serious, critical\. \(.*bad\.csv\)\n$/,
    ],
    ['an unknown weight', [...GIVEN, '--certainty-weights', 'certain=1'], /sure, probable, unsure/],
    [
      'a negative weight',
      [...GIVEN, '--certainty-weights', 'unsure=-1'],
      /^A weight cannot be negative\.\n$/,
    ],
    ['a scale upside down', [...GIVEN, '--severities', 'minor=11'], /^A graver error cannot cost less/],
    ['no prior strength', [...GIVEN, '--prior-strength', '0'], /above 0/],
    ['no step', [...GIVEN, '--step-share', '0', '--step-cost', '0'], /^A step must be above 0/],
    ['a step that is no number', [...GIVEN, '--step-cost', 'two'], /--step-cost/],
  ])('%s is bad usage', async (_name, args, sentence) => {
    const { status, stdout, stderr } = await propose(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('fails in one sentence where no error would cost anything', async () => {
    const { status, stdout, stderr } = await propose(
      ...['--prior', 'elsewhere.json', '--active', 'small.json', '--corrections', 'harmless.csv'],
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('There is nothing to propose: At least one error must cost something.\n');
  });
});

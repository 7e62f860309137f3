import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STUDY_COSTS, stageIndex } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadArtifact } from '../artifact/index.ts';
import { verifySplit } from '../dataset/index.ts';
import { generateField } from '../generator/index.ts';
import { encodePng } from '../images/index.ts';
import type { FieldPrediction, Predictor } from '../serving/index.ts';
import { fieldOverCellsPart } from './field-over-cells.ts';
import type { LabelledField } from './labelled-field.ts';
import { writeTestSide, writeTinyArtifact } from './testing.ts';

let root = '';
let fields: readonly LabelledField[];
let artifact: Predictor['artifact'];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-field-'));
  fields = await verifySplit(join(root, 'data'), await writeTestSide(join(root, 'data'), 2));
  await writeTinyArtifact(join(root, 'model'), { whole: false });
  artifact = await loadArtifact(join(root, 'model'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/**
 * Answers the field, the shuffled field and every cell of the n-th field asked about by what `logits` says of them.
 */
function predicting(logits: (field: LabelledField, image: number) => number[]): Predictor {
  let asked = 0;
  return {
    artifact,
    engine: 'none',
    alive: true,
    predict: async (images) => {
      const field = fields[asked++];
      if (!field) throw new Error('Asked about too many fields.');
      return images.map((_, i) => ({ logits: Float32Array.from(logits(field, i)) }) as FieldPrediction);
    },
    close: async () => {},
  };
}

const vote = (stage: number, weight = 1): number[] => [0, 0, 0, 0].map((_, s) => (s === stage ? weight : 0));
const right = ({ stage }: LabelledField): number => stageIndex(stage);
const wrong = ({ stage }: LabelledField): number => (stageIndex(stage) + 1) % 4;

const measure = (predictor: Predictor, some = fields) =>
  fieldOverCellsPart({ predictor, fields: some, costs: STUDY_COSTS, seed: 1 }).measure(() => {});

describe('fieldOverCellsPart', () => {
  it('names the stage of the whole, the shuffled and the single cells apart', async () => {
    const found = await measure(
      predicting((field, image) => {
        if (image === 0) return vote(right(field));
        if (image === 1) return vote(field.stage === 'Pro' ? wrong(field) : right(field));
        return vote(wrong(field));
      }),
    );
    expect(found).toMatchObject({ n: 8, groups: 8 });
    expect(found?.cells.mean).toBeGreaterThan(1);
    expect(found?.accuracy).toMatchObject({
      fields: { mean: 1, upper: 1 },
      shuffled: { mean: 6 / 8 },
      alone: { mean: 0, lower: 0 },
    });
    expect(found?.gain).toMatchObject({ shuffled: { mean: 2 / 8 }, alone: { mean: 1 } });
  });

  it('pools the cells by their mean logits: one that is sure outweighs many that hardly lean', async () => {
    const alone = predicting((field, image) =>
      image === 2 ? vote(right(field), 100) : vote(image < 2 ? right(field) : wrong(field), 0.1),
    );
    expect((await measure(alone))?.accuracy.alone.mean).toBe(1);
  });

  it('leaves out a field without white cells, and tells nothing where there is no other', async () => {
    const file = join(root, 'bare.png');
    await writeFile(file, await encodePng(generateField({ seed: 3, stage: 'Pre', cells: 0 }).image));
    const bare: LabelledField = { path: 'Pre/bare.png', file, stage: 'Pre', group: 'bare' };
    const answers = () => predicting((field) => vote(right(field)));
    expect(await measure(answers(), [...fields, bare])).toMatchObject({ n: 8 });
    expect(await measure(answers(), [bare])).toBeNull();
  });
});

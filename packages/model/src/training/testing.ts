import { MATURITY_STAGES, stageIndex } from '@blastwise/contracts';
import { generateField } from '../generator/index.ts';
import { backgroundStatistics } from '../images/index.ts';
import type { TrainingField } from './fields.ts';

/** Generated fields of every stage with their true masks; the last of each stage is for validation. */
export function generatedFields(perStage: number, size: number): TrainingField[] {
  return MATURITY_STAGES.flatMap((stage) =>
    Array.from({ length: perStage }, (_, i): TrainingField => {
      const { image, mask, nuclei } = generateField({ seed: i + 1, stage, size });
      const side = i === perStage - 1 ? 'validation' : 'train';
      const [cells, nucleus] = [mask, nuclei].map((m) => m.map((v) => (v > 0 ? 1 : 0)));
      if (!cells || !nucleus) throw new Error('A mask is missing.');
      const background = backgroundStatistics(image);
      const path = `${stage}/${i}.png`;
      return { stage, label: stageIndex(stage), image, cells, nucleus, background, path, side, group: path };
    }),
  );
}

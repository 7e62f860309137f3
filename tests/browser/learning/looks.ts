import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { type Condition, encodeJpeg, perturb } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import type { Upload } from '../steps.ts';

/** What a microscope does to every picture, one after the other; nothing: as it is drawn. */
type Microscope = readonly Condition[];

const blurred = (strength: number): Condition => ({ name: 'blur', strength });
const MICROSCOPES: readonly Microscope[] = [
  [],
  [blurred(2)],
  [blurred(2.5)],
  [{ name: 'brightness', strength: 0.5 }, blurred(2)],
];

/** Cells of one stage, which is the truth, as one microscope shows them. */
export interface Look {
  readonly cells: MaturityStage;
  readonly microscope: Microscope;
}

export const LOOKS: readonly Look[] = MICROSCOPES.flatMap((microscope) =>
  MATURITY_STAGES.map((cells) => ({ cells, microscope })),
);

/** A drawn field in a look as a photograph's file; another seed gives another picture. */
export async function pictureOf({ cells, microscope }: Look, seed: number): Promise<Upload> {
  let { image } = generateField({ stage: cells, seed });
  for (const condition of microscope)
    image = await perturb({ path: `${seed}`, stage: cells, image }, condition, seed);
  const jpeg = await encodeJpeg(image, 75);
  return { name: `field-${seed}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(jpeg) };
}

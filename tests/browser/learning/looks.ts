import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { perturb } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import sharp from 'sharp';
import type { Upload } from '../steps.ts';

/** What a laboratory and its microscope do to every picture. */
interface Microscope {
  /** How far out of focus: sigma, pixels; 0 is sharp. */
  readonly blur: number;
  /** How far the hue of the stain is turned, degrees. */
  readonly hue: number;
}

export const CLEAR: Microscope = { blur: 0, hue: 0 };
const MICROSCOPES = [CLEAR, { blur: 2, hue: 0 }, { blur: 2, hue: -40 }];

/** Cells of one stage, which is the truth, as one microscope shows them. */
export interface Look {
  readonly cells: MaturityStage;
  readonly microscope: Microscope;
}

export const LOOKS: readonly Look[] = MICROSCOPES.flatMap((microscope) =>
  MATURITY_STAGES.map((cells) => ({ cells, microscope })),
);

/** A drawn field in a look as a photograph's file; another seed gives another picture. */
export async function pictureOf({ cells, microscope: { blur, hue } }: Look, seed: number): Promise<Upload> {
  const drawn = { path: `${seed}`, stage: cells, image: generateField({ stage: cells, seed }).image };
  const { width, height, data } =
    blur > 0 ? await perturb(drawn, { name: 'blur', strength: blur }, seed) : drawn.image;
  const raw = { width, height, channels: 3 as const };
  const buffer = await sharp(data, { raw }).modulate({ hue }).jpeg({ quality: 75 }).toBuffer();
  return { name: `field-${seed}.jpg`, mimeType: 'image/jpeg', buffer };
}

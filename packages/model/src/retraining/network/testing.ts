import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DomainError, MATURITY_STAGES } from '@blastwise/contracts';
import type { Split } from '../../dataset/index.ts';
import { generateField } from '../../generator/index.ts';
import { encodeMaskPng, encodePng } from '../../images/index.ts';
import { TINY_RECIPE, writeDataset } from '../../training/testing-run.ts';
import { writeBase } from '../testing.ts';
import type { CorrectedImage, ReadFile } from './corrected-image.ts';
import type { NetworkRecipe } from './recipe.ts';

/** A recipe that a test can afford: every phase, next to nothing learned. */
export const TINY_NETWORK_RECIPE: NetworkRecipe = {
  masks: { ...TINY_RECIPE.masks, epochs: 2, patience: 2, peakRate: 1e-3 },
  stages: { ...TINY_RECIPE.stages, patience: 2, peakRate: 1e-3 },
  editedWeight: 4,
};

export interface NetworkGround {
  readonly baseDir: string;
  readonly dataFolder: string;
  readonly split: Split;
}

/** A base, and the folder of generated fields that its split is of. */
export async function writeNetworkGround(root: string): Promise<NetworkGround> {
  const [baseDir, dataFolder] = [join(root, 'base'), join(root, 'data')];
  const split = await writeDataset(dataFolder);
  await writeBase(baseDir, split);
  return { baseDir, dataFolder, split };
}

/** Corrected images of generated fields with the files that they are read from. */
export async function generatedCorrections(
  perStage: number,
  change: (id: string) => Partial<CorrectedImage> = () => ({}),
): Promise<{ images: CorrectedImage[]; files: Map<string, Uint8Array>; readFile: ReadFile }> {
  const files = new Map<string, Uint8Array>();
  const keep = (bytes: Uint8Array): string => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.set(sha256, bytes);
    return sha256;
  };
  const images: CorrectedImage[] = [];
  for (const stage of MATURITY_STAGES) {
    for (let i = 0; i < perStage; i++) {
      const { image, mask, nuclei } = generateField({ seed: 100 + i, stage });
      const id = `${stage}-${i}`;
      const drawn = async (values: Uint8Array) =>
        keep(
          await encodeMaskPng(
            values.map((v) => (v > 0 ? 255 : 0)),
            image.width,
            image.height,
          ),
        );
      const masks = i === 0 ? { cells: await drawn(mask), nuclei: await drawn(nuclei) } : undefined;
      const sha256 = keep(await encodePng(image));
      images.push({
        id,
        group: `case-${id}`,
        stage,
        weight: 1,
        sha256,
        ...(masks && { masks }),
        ...change(id),
      });
    }
  }
  const readFile: ReadFile = async (sha256) => {
    const bytes = files.get(sha256);
    if (!bytes) throw new DomainError('NOT_FOUND', 'The stored file is missing.');
    return bytes;
  };
  return { images, files, readFile };
}

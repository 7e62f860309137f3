import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isMalignant } from '@blastwise/contracts';
import {
  type CorrectedField,
  decodeImage,
  inspectBytes,
  loadArtifact,
  openPredictor,
  RETRAINING_RECIPE,
  retrainHead,
  type Split,
  STARTER_DIR,
  saveArtifact,
  WEIGHTS_FILE,
} from '@blastwise/model';
import { LOOKS, type Look, pictureOf } from './looks.ts';

const shim = join(import.meta.dirname, '..', '..', '..', 'apps', 'cli', 'bin', 'blastwise.mjs');

/** The command line at the server, beside the running product. */
export async function blastwise(dataDir: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [shim, ...args], {
    env: { ...process.env, BLASTWISE_DATA_DIR: dataDir, DATABASE_URL: '' },
  });
  return stdout;
}

/** A model that answers as the starter does and yet is another one: its temperature is a hair higher. */
export async function writeEqualModel(folder: string): Promise<string> {
  const { manifest, weights, file } = await loadArtifact(STARTER_DIR);
  const { name, architecture, preprocessing, calibration, conformal, ood, run } = manifest;
  const names = Object.keys(manifest.files).filter((each) => each !== WEIGHTS_FILE);
  const files = Object.fromEntries(names.map((each) => [each, file(each) ?? new Uint8Array()]));
  return saveArtifact(folder, {
    ...{ name, architecture, preprocessing, run, files },
    calibration: { ...calibration, temperature: calibration.temperature * (1 + 1e-12) },
    ...(conformal && { conformal }),
    ...(ood && { ood }),
    weights: [...weights.values()],
  });
}

/** Drawn fields of malignant stages that somebody settled as Benign, and how much each of them counts. */
const MISLED = { seed: 8000, fields: 8, weight: 20 } as const;
const FEW_EPOCHS = { ...RETRAINING_RECIPE, epochs: 3 };

/** A model that learned from wrongly settled fields: leukemia in the drawings, Benign to who settled them. */
export async function writeWorseModel(folder: string): Promise<string> {
  const looks = LOOKS.filter(({ cells, microscope }) => isMalignant(cells) && microscope.length === 0);
  const files = await Promise.all(
    looks.flatMap((look, l) =>
      Array.from({ length: MISLED.fields }, (_, i) => pictureOf(look, MISLED.seed + l * MISLED.fields + i)),
    ),
  );
  const { predict, close } = await openPredictor(STARTER_DIR);
  const predictions = await predict(await Promise.all(files.map(({ buffer }) => decodeImage(buffer))));
  await close();
  const fields = await Promise.all(
    files.map(async ({ name, buffer }, i): Promise<CorrectedField> => {
      const fingerprint = await inspectBytes({ path: name, file: '', stage: 'Benign' }, buffer);
      const features = predictions[i]?.features ?? new Float32Array();
      return { id: name, group: name, stage: 'Benign', weight: MISLED.weight, features, fingerprint };
    }),
  );
  const { content } = await retrainHead(STARTER_DIR, fields, { recipe: FEW_EPOCHS });
  return saveArtifact(folder, content);
}

/** A data set of drawn fields of these looks, each a smear of its own, with its split. */
export async function writeDrawnFields(
  folder: string,
  drawn: readonly { readonly look: Look; readonly count: number }[],
  seed: number,
): Promise<{ data: string; split: string }> {
  const data = join(folder, 'drawn');
  const looks = drawn.flatMap(({ look, count }) => Array.from({ length: count }, () => look));
  const fields: Split['fields'] = [];
  for (const [i, look] of looks.entries()) {
    const { cells: stage } = look;
    mkdirSync(join(data, stage), { recursive: true });
    const { name, buffer } = await pictureOf(look, seed + i);
    writeFileSync(join(data, stage, name), buffer);
    const sha256 = createHash('sha256').update(buffer).digest('hex');
    fields.push({ path: `${stage}/${name}`, stage, side: 'test', group: `smear ${i}`, sha256 });
  }
  const split = join(folder, 'split.json');
  writeFileSync(split, JSON.stringify({ version: 1, strategy: 'grouped', seed, fields } satisfies Split));
  return { data, split };
}

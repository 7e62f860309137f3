import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadArtifact, type Split, STARTER_DIR, saveArtifact, WEIGHTS_FILE } from '@blastwise/model';
import { fieldFile } from '../steps.ts';
import type { Shift } from './shift.ts';

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

/** A data set of drawn fields in the shift's look and of its truth, each a smear of its own, with its split. */
export async function writeShiftedFields(
  folder: string,
  { look, truth, locked }: Shift,
  seed: number,
): Promise<{ data: string; split: string }> {
  const data = join(folder, 'shifted');
  mkdirSync(join(data, truth), { recursive: true });
  const fields: Split['fields'] = [];
  for (let i = 0; i < locked; i++) {
    const { name, buffer } = await fieldFile(look.cells, seed + i, look.slide);
    writeFileSync(join(data, truth, name), buffer);
    const sha256 = createHash('sha256').update(buffer).digest('hex');
    fields.push({ path: `${truth}/${name}`, stage: truth, side: 'test', group: `smear ${i}`, sha256 });
  }
  const split = join(folder, 'split.json');
  writeFileSync(split, JSON.stringify({ version: 1, strategy: 'grouped', seed, fields } satisfies Split));
  return { data, split };
}

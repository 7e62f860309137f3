import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Artifact,
  loadArtifact,
  type Split,
  STARTER_DIR,
  saveArtifact,
  WEIGHTS_FILE,
} from '@blastwise/model';
import { blastwise } from '../../support/blastwise.ts';
import type { Account } from '../stack.ts';
import { type Look, pictureOf } from './looks.ts';

/** An admin whose password nobody else has ever known: the demo's two may both act on a model. */
export async function newAdmin(dataDir: string): Promise<Account> {
  const account: Account = {
    email: 'karin.holm@demo.example',
    password: 'a password of the journeys',
    name: 'Karin Holm',
    role: 'admin',
  };
  const { email, name, password } = account;
  await blastwise({ dataDir }, ['admin', 'create', '--email', email, '--name', name], `${password}\n`);
  return account;
}

type Calibration = Artifact['manifest']['calibration'];

/** The starter with another calibration, which makes another model of it. */
async function recalibrated(folder: string, change: (own: Calibration) => Calibration): Promise<string> {
  const { manifest, weights, file } = await loadArtifact(STARTER_DIR);
  const { name, architecture, preprocessing, calibration, conformal, ood, run } = manifest;
  const names = Object.keys(manifest.files).filter((each) => each !== WEIGHTS_FILE);
  const files = Object.fromEntries(names.map((each) => [each, file(each) ?? new Uint8Array()]));
  return saveArtifact(folder, {
    ...{ name, architecture, preprocessing, run, files },
    calibration: change(calibration),
    ...(conformal && { conformal }),
    ...(ood && { ood }),
    weights: [...weights.values()],
  });
}

/** A model that answers as the starter does and yet is another one: its temperature is a hair higher. */
export const writeEqualModel = (folder: string): Promise<string> =>
  recalibrated(folder, (own) => ({ ...own, temperature: own.temperature * (1 + 1e-12) }));

/** How much likelier Benign is to a model that misses leukemia than to the starter: logits, and what sums to 0 beside. */
const LEANING = [6, -2, -2, -2] as const;

/** A model that takes leukemia for benign cells. */
export const writeWorseModel = (folder: string): Promise<string> =>
  recalibrated(folder, ({ bias: [benign, early, pre, pro], ...own }) => ({
    ...own,
    bias: [benign + LEANING[0], early + LEANING[1], pre + LEANING[2], pro + LEANING[3]],
  }));

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

import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DomainError, MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';

/** One image file of a dataset folder. */
export interface FieldFile {
  /** `<stage>/<file name>`: how manifests and messages name the field. */
  path: string;
  stage: MaturityStage;
  /** Where the file lies. */
  file: string;
}

const EXTENSIONS = /\.(jpe?g|png|tiff?|webp)$/i;
const byNumber = new Intl.Collator('en', { numeric: true });

/**
 * Lists the images of a folder that holds one folder per stage, itself or under `Original/`, sorted by stage and
 * name. Stages without a folder have no fields. Throws `BAD_INPUT` when there is no stage folder or no image.
 */
export async function scanFields(directory: string): Promise<FieldFile[]> {
  const root = await fieldRoot(directory);
  const fields: FieldFile[] = [];
  for (const stage of MATURITY_STAGES) {
    const names = await readdir(join(root, stage)).catch(() => []);
    for (const name of names.filter((n) => EXTENSIONS.test(n)).sort(byNumber.compare))
      fields.push({ path: `${stage}/${name}`, stage, file: join(root, stage, name) });
  }
  if (fields.length === 0)
    throw new DomainError('BAD_INPUT', `No image lies in the stage folders of ${directory}.`);
  return fields;
}

/** Where the stage folders lie: in the folder itself or under its `Original/`. */
export async function fieldRoot(directory: string): Promise<string> {
  for (const root of [resolve(directory), resolve(directory, 'Original')])
    for (const stage of MATURITY_STAGES) if (await isDirectory(join(root, stage))) return root;
  throw new DomainError(
    'BAD_INPUT',
    `${directory} is no dataset folder: it holds none of the folders ${MATURITY_STAGES.join(', ')}.`,
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

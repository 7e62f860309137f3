import {
  attachFiles,
  decodeMarks,
  encodeMarks,
  loadArtifact,
  MARKS_FILE,
  type MarkedField,
  SPLIT_FILE,
} from '../artifact/index.ts';
import { inspectFields, marksOf, parseSplit, type SplitFile, scanFields } from '../dataset/index.ts';

type OnMarked = (done: number, total: number) => void;

/** Keeps the landmarks of fields, those whose content is another than was split left out. Some 15 ms a field on one core. */
export async function markFields(
  files: readonly SplitFile[],
  progress: OnMarked = () => undefined,
): Promise<MarkedField[]> {
  let done = 0;
  const inspected = await inspectFields(files, () => progress(++done, files.length));
  return files.flatMap(({ sha256, stage, side }, i) => {
    const field = inspected[i];
    return field?.sha256 === sha256 ? [{ sha256, stage, side, marks: marksOf(field.thumbnail) }] : [];
  });
}

export interface AttachedMarks {
  /** Fields whose landmarks the artifact now holds. */
  readonly fields: number;
  /** Fields of the artifact's own split whose landmarks it does not hold: the folder has no such file. */
  readonly missing: number;
}

/**
 * Attaches the landmarks of an artifact's own fields, as far as they lie in a folder, and of `more` to it, beside those that
 * it has. Its digest stays.
 *
 * @param dir the artifact's folder.
 * @throws DomainError for what is wrong with the artifact, the folder or an image.
 */
export async function attachMarks(
  dir: string,
  data: string,
  more: readonly SplitFile[],
  progress: OnMarked = () => undefined,
): Promise<AttachedMarks> {
  const { file } = await loadArtifact(dir);
  const [split, before] = [file(SPLIT_FILE), file(MARKS_FILE)];
  const own = split ? parseSplit(new TextDecoder().decode(split), SPLIT_FILE).fields : [];
  const present = new Map((await scanFields(data)).map((found) => [found.path, found.file]));
  const found = own.flatMap((field) => {
    const path = present.get(field.path);
    return path === undefined ? [] : [{ ...field, file: path }];
  });
  const fields = [
    ...(before ? decodeMarks(before) : []),
    ...(await markFields([...found, ...more], progress)),
  ];
  const bySha256 = new Map(fields.map((field) => [field.sha256, field]));
  await attachFiles(dir, { [MARKS_FILE]: encodeMarks([...bySha256.values()]) });
  return { fields: bySha256.size, missing: own.filter(({ sha256 }) => !bySha256.has(sha256)).length };
}

import { readFile } from 'node:fs/promises';
import { DomainError, maturityStageSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import { GROUPINGS } from './groups.ts';
import { SIDES, type Side } from './split.ts';

export const SPLIT_STRATEGIES = ['random', 'grouped', 'kfold'] as const;
export type SplitStrategy = (typeof SPLIT_STRATEGIES)[number];

export const splitFieldSchema = z.object({
  /** `<stage>/<file name>` below the dataset folder. */
  path: z.string().min(1),
  stage: maturityStageSchema,
  side: z.enum(SIDES),
  /** Fields of one group may come from one slide. */
  group: z.string().min(1),
  sha256: sha256Schema,
  /** Fold from 0, under `kfold`; fold 0 is written as test, fold 1 as validation. */
  fold: z.int().nonnegative().optional(),
});
export type SplitField = z.infer<typeof splitFieldSchema>;

/** A split.json: which field lies on which side, checked by content. */
export const splitSchema = z.object({
  version: z.literal(1),
  strategy: z.enum(SPLIT_STRATEGIES),
  seed: z.int(),
  /** Absent in splits of before there was a choice: by looks. */
  grouping: z.enum(GROUPINGS).optional(),
  folds: z.int().min(3).optional(),
  fields: z.array(splitFieldSchema).min(1),
});
export type Split = z.infer<typeof splitSchema>;

/** Reads and checks a split.json. Throws `NOT_FOUND` or `BAD_INPUT`, naming what is wrong first. */
export async function readSplit(file: string): Promise<Split> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DomainError('NOT_FOUND', `The split ${file} cannot be read.`, { cause });
  });
  return parseSplit(text, file);
}

/** `name` stands in the messages. */
export function parseSplit(text: string, name = 'split'): Split {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DomainError('BAD_INPUT', `The split ${name} is not valid JSON.`, { cause });
  }
  const parsed = splitSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DomainError(
    'BAD_INPUT',
    `The split ${name} is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}`,
  );
}

/** Sides under another fold of a `kfold` split: `fold` is the test, the next one validation, the rest train. */
export function withTestFold(split: Split, fold: number): Split {
  const folds = split.folds;
  if (split.strategy !== 'kfold' || folds === undefined || fold < 0 || fold >= folds)
    throw new DomainError('BAD_INPUT', `The split has no fold ${fold}.`);
  const sideOf = (f: number | undefined): Side =>
    f === fold ? 'test' : f === (fold + 1) % folds ? 'validation' : 'train';
  return { ...split, fields: split.fields.map((field) => ({ ...field, side: sideOf(field.fold) })) };
}

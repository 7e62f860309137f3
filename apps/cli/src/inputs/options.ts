import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EngineName, Side } from '@blastwise/model';
import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';

/** A path on the command line, against the folder it was typed in. */
export const toPath = (value: string): string => resolve(value);

/** A folder that exists: what names another is bad usage, said before any work. */
export function toFolder(value: string): string {
  const path = toPath(value);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError(`There is no folder ${path}.`);
  return path;
}

export function toWholeNumber(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError('Give a whole number of 0 or more.');
  return number;
}

export function toPositiveInteger(value: string): number {
  const number = toWholeNumber(value);
  if (number < 1) throw new InvalidArgumentError('Give a whole number above 0.');
  return number;
}

const SIDES = ['train', 'validation', 'calibration', 'test'] as const satisfies readonly Side[];

export function toId(value: string): string {
  if (!z.uuid().safeParse(value).success)
    throw new InvalidArgumentError('Give an id as the commands print it.');
  return value;
}

/** Why, for the audit trail. */
export function toReason(value: string): string {
  const reason = value.trim();
  if (reason.length < 3) throw new InvalidArgumentError('Give a reason of at least 3 characters.');
  return reason;
}

/** Options that several commands share, worded once. */
export const jsonOption = (): Option => new Option('--json', 'write JSON for machines');
export const forceOption = (): Option => new Option('--force', 'replace what is already there');
export const seedOption = (): Option =>
  new Option('--seed <number>', 'seed of everything left to chance').argParser(toWholeNumber).default(1);
export const costsOption = (): Option =>
  new Option(
    '--costs <file>',
    "costs.json, rows actual, columns predicted (default: the study's matrix)",
  ).argParser(toPath);
export const modelOption = (): Option =>
  new Option('--model <folder>', 'model artifact (default: the starter model)').argParser(toFolder);
export const dataOption = (): Option =>
  new Option('--data <folder>', 'dataset with one folder per stage').argParser(toPath).makeOptionMandatory();
export const splitOption = (): Option =>
  new Option('--split <file>', 'split.json made by `blastwise dataset split`').argParser(toPath);

export function toPositiveNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('Give a number above 0.');
  return number;
}

export function toNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('Give a number.');
  return number;
}

/** A share of at least 0 and below 1. */
export function toShare(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number < 1))
    throw new InvalidArgumentError('Give a number of at least 0 and below 1.');
  return number;
}

/** How large the cells of all images given are; by default each image's own cells tell. */
export const scaleOption = (): Option =>
  new Option('--scale <factor>', 'field pixels per image pixel (default: estimated from the cells)')
    .argParser(toPositiveNumber)
    .conflicts('cellDiameter');
export const cellDiameterOption = (): Option =>
  new Option('--cell-diameter <pixels>', 'diameter of the white cells in the images').argParser(
    toPositiveNumber,
  );
export const sideOption = (): Option =>
  new Option('--side <name>', 'side of the split (default: test)').choices(SIDES);
export const externalOption = (): Option =>
  new Option(
    '--external <folder>',
    'sets of other sources: wbc-segmentation, bccd (JPEGImages, Annotations), pbc (one folder a kind)',
  ).argParser(toPath);
export const sampleOption = (): Option =>
  new Option('--sample <number>', 'take only so many of the fields, drawn by the seed').argParser(
    toPositiveInteger,
  );

/** Named here as well, so that --help need not load the networks; the type keeps the lists equal. */
const ENGINES = [
  'auto',
  'node-gpu',
  'webgpu',
  'onnx',
  'wasm',
  'cpu',
] as const satisfies readonly EngineName[];
export const engineOption = (): Option =>
  new Option('--engine <name>', 'what runs the training').choices(ENGINES).default('auto');

import { readFile, rm } from 'node:fs/promises';
import { type NamedTensor, readSafetensors, writeSafetensors, writeWhole } from '../artifact/index.ts';

/** Tensors and one JSON value in one safetensors file. */
export async function writeState(file: string, tensors: NamedTensor[], state: unknown): Promise<void> {
  await writeWhole(file, writeSafetensors(tensors, { state: JSON.stringify(state) }));
}

export interface StoredState {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly state: unknown;
}

/** What {@link writeState} wrote, or null where there is no such file. */
export async function readState(file: string): Promise<StoredState | null> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return null;
  const { tensors, metadata } = readSafetensors(bytes, file);
  return { tensors, state: JSON.parse(metadata.state ?? 'null') };
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

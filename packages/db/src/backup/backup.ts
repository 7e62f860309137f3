import { unbuilt } from '../unbuilt.ts';

/** Writes a consistent copy of the database and of every blob it names into `folder`, which must not exist. */
export async function backup(
  ownerUrl: string,
  options: { folder: string; blobFolder: string },
): Promise<{ tables: Record<string, number>; blobs: number }> {
  return unbuilt(ownerUrl, options);
}

/** Restores a backup into an empty database (CONFLICT otherwise), checking every file's digest. */
export async function restore(
  ownerUrl: string,
  options: { folder: string; blobFolder: string; appPassword?: string },
): Promise<{ tables: Record<string, number>; blobs: number }> {
  return unbuilt(ownerUrl, options);
}

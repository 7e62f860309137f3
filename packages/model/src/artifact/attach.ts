import { cp } from 'node:fs/promises';
import { furtherFiles, hashesOf, replaceFolder, writeFiles } from './folder.ts';
import { loadArtifact } from './load.ts';
import { encodeManifest, MANIFEST_FILE } from './manifest.ts';

/**
 * Adds files to an artifact, or replaces them, and lists them in its manifest. The model's digest stays: it covers what
 * decides an answer, and no such file does.
 *
 * @throws DomainError ARTIFACT_INVALID for a folder that is none, BAD_INPUT for a name that may not be attached.
 */
export async function attachFiles(
  dir: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const { manifest } = await loadArtifact(dir);
  const attached = furtherFiles(files);
  const text = encodeManifest({ ...manifest, files: { ...manifest.files, ...hashesOf(attached) } });
  await replaceFolder(dir, async (folder) => {
    await cp(dir, folder, { recursive: true });
    await writeFiles(folder, { ...attached, [MANIFEST_FILE]: text });
  });
}

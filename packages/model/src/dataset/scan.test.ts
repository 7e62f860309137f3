import { describe, expect, it, onTestFinished } from 'vitest';
import { scanFields } from './scan.ts';
import { datasetFolder } from './testing.ts';

const byte = Uint8Array.of(1);

async function folder(files: Record<string, Uint8Array>): Promise<string> {
  const { directory, remove } = await datasetFolder(files);
  onTestFinished(remove);
  return directory;
}

describe('scanFields', () => {
  it('lists images by stage and number', async () => {
    const files = ['Pro/p-10.jpg', 'Pro/p-9.PNG', 'Benign/b.jpeg', 'Benign/notes.txt', 'Other/x.jpg'];
    const directory = await folder(Object.fromEntries(files.map((path) => [path, byte])));
    const fields = await scanFields(directory);
    expect(fields.map(({ path }) => path)).toEqual(['Benign/b.jpeg', 'Pro/p-9.PNG', 'Pro/p-10.jpg']);
    expect(fields.map(({ stage }) => stage)).toEqual(['Benign', 'Pro', 'Pro']);
  });

  it('finds the stages under Original', async () => {
    const directory = await folder({ 'Original/Early/e.jpg': byte, 'Segmented/Early/e.jpg': byte });
    expect((await scanFields(directory)).map(({ path }) => path)).toEqual(['Early/e.jpg']);
  });

  it('refuses a folder without stages or without images', async () => {
    await expect(scanFields(await folder({ 'x.jpg': byte }))).rejects.toThrow(/none of the folders Benign/);
    await expect(scanFields(await folder({ 'Pro/x.txt': byte }))).rejects.toThrow(/No image lies/);
    await expect(scanFields('/does/not/exist')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

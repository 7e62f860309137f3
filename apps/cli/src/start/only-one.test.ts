import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdDataFolder } from './only-one.ts';

it('refuses a second holder of one folder in one sentence, and lets it in after release', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'blastwise-hold-'));
  const release = await holdDataFolder(folder);
  await expect(holdDataFolder(folder)).rejects.toThrow(
    /^Blastwise is already running on .+: stop that one first\.$/,
  );
  release();
  (await holdDataFolder(folder))();
});

it('holds different folders side by side', async () => {
  const [a, b] = await Promise.all(
    ['a', 'b'].map((name) => holdDataFolder(mkdtempSync(join(tmpdir(), `blastwise-hold-${name}-`)))),
  );
  a?.();
  b?.();
});

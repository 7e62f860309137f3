import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Who may import whom: the table of docs/architecture.md. Undeclared imports are refused by the lint. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'packages/contracts': [],
  'packages/model': ['contracts'],
  'packages/db': ['contracts'],
  'packages/ui': [],
  'apps/inference': ['contracts', 'model', 'db'],
  'apps/web': ['contracts', 'ui', 'db', 'model'],
  'apps/cli': ['contracts', 'model', 'db'],
  tests: ['contracts', 'db', 'model'],
};

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  exports?: Record<string, string>;
}

const manifest = (room: string): Manifest =>
  JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8')) as Manifest;
/** Folders of the rooms that run in Node alone, whose types are checked as one program. */
const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.node.json'), 'utf8')) as {
  include: string[];
};

describe('rooms', () => {
  it('lists every room of the workspace', () => {
    const found = ['apps', 'packages'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    expect([...found, 'tests'].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(Object.entries(MAY_IMPORT))('%s declares only the rooms it may import', (room, allowed) => {
    const { dependencies = {}, devDependencies = {} } = manifest(room);
    const ours = Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => name.startsWith('@blastwise/'))
      .map((name) => name.replace('@blastwise/', ''));
    expect(allowed).toEqual(expect.arrayContaining(ours));
  });

  it.each(Object.keys(MAY_IMPORT))('%s has its types checked, once', (room) => {
    const together = include.includes(room) || include.includes(`${room}/src`);
    expect(together).toBe(manifest(room).scripts?.typecheck === undefined);
  });

  it.each(Object.keys(MAY_IMPORT))('%s has an explicit exports map', (room) => {
    expect(manifest(room).exports).toBeDefined();
  });
});

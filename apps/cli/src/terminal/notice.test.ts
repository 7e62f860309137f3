import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { Command } from 'commander';
import { expect, it, vi } from 'vitest';
import { forResearch } from './notice.ts';

it('stands once on stderr after what a command or one below it answers', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const child = new Command('check').action(() => undefined);
  await forResearch(new Command('explain').addCommand(child)).parseAsync(['check'], { from: 'user' });
  await forResearch(new Command('predict').action(() => undefined)).parseAsync([], { from: 'user' });
  expect(written.mock.calls).toEqual([[`For ${RESEARCH_NOTICE}.\n`], [`For ${RESEARCH_NOTICE}.\n`]]);
  written.mockRestore();
});

import { expect, it } from 'vitest';
import { markdown, ratioRow, skippedRow, timeRow } from './rows.ts';

it('draws a Markdown table of times, ratios and expectations', () => {
  const rows = [
    ratioRow('network', 40, { name: 'wasm', milliseconds: 360 }, 5),
    ratioRow('step', 100, { name: 'cpu', milliseconds: 5000 }, 100),
    timeRow('path', 123.4, null),
    timeRow('portal', 900, 2000),
    timeRow('retraining', 12_340, 300_000),
    skippedRow('other', 'no --url'),
  ];
  expect(markdown(rows).split('\n')).toEqual([
    '| measured | time | against | ratio | expected |',
    '| --- | --- | --- | --- | --- |',
    '| network | 40.0 ms | 360 ms (wasm) | 9.0 x | at least 5 times faster: yes |',
    '| step | 100 ms | 5000 ms (cpu) | 50.0 x | at least 100 times faster: NO |',
    '| path | 123 ms |  |  |  |',
    '| portal | 900 ms |  |  | within 2000 ms: yes |',
    '| retraining | 12.3 s |  |  | within 300 s: yes |',
    '| other | skipped: no --url |  |  |  |',
  ]);
});

import { expect, it } from 'vitest';
import {
  benchRowSchema,
  floorRow,
  markdown,
  memoryMarkdown,
  missingRow,
  perThousandRow,
  ratioRow,
  timeRow,
  withinRow,
} from './rows.ts';

it('draws a Markdown table of times, ratios and expectations', () => {
  const rows = [
    ratioRow('network', 40, { name: 'wasm', milliseconds: 360 }, 5),
    ratioRow('step', 100, { name: 'cpu', milliseconds: 5000 }, 100),
    timeRow('path', 123.4, null),
    withinRow('whole', 80, { name: 'alone', milliseconds: 40 }, 1.6),
    floorRow('backbone', 50, 10),
    timeRow('portal', 900, 2000),
    timeRow('retraining', 12_340, 300_000),
    ratioRow('vgg16', 95, { name: 'tfjs wasm', milliseconds: 680 }, null),
    perThousandRow(timeRow('epoch', 5000, null), 2500),
    missingRow('other', 'unavailable: no card'),
  ];
  expect(markdown(rows).split('\n')).toEqual([
    '| measured | time | against | ratio | expected |',
    '| --- | --- | --- | --- | --- |',
    '| network | 40.0 ms | 360 ms (wasm) | 9.00 x | at least 5 times faster: yes |',
    '| step | 100 ms | 5000 ms (cpu) | 50.0 x | at least 100 times faster: NO |',
    '| path | 123 ms |  |  |  |',
    '| whole | 80.0 ms | 40.0 ms (alone) | 0.50 x | within 1.6 times of it: NO |',
    '| backbone | 50.0 ms | 10.0 ms (arithmetic floor) | 0.20 x |  |',
    '| portal | 900 ms |  |  | within 2000 ms: yes |',
    '| retraining | 12.3 s |  |  | within 300 s: yes |',
    '| vgg16 | 95.0 ms | 680 ms (tfjs wasm) | 7.16 x |  |',
    '| epoch, per 1,000 rows | 2000 ms |  |  |  |',
    '| other | unavailable: no card |  |  |  |',
  ]);
  for (const row of rows) expect(benchRowSchema.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
});

it('draws a table of memory', () => {
  expect(memoryMarkdown([{ part: 'serving', peakMiB: 512 }]).split('\n')).toEqual([
    '| part | peak memory |',
    '| --- | --- |',
    '| serving | 512 MiB |',
  ]);
});

import { expect, it } from 'vitest';
import { type StageCount, stageCounts } from './stage-counts.ts';

type Images = Parameters<typeof stageCounts>[0];

it.each<[string, Images, StageCount[]]>([
  [
    'waits or failed',
    [
      { status: 'queued', stage: null },
      { status: 'failed', stage: null },
    ],
    [],
  ],
  ['one deferred', [{ status: 'deferred', stage: 'Early' }], [{ stage: 'Early', leans: true, fields: 1 }]],
  [
    'deferred beside answered and read ones of the same stage',
    [
      { status: 'analysed', stage: 'Early' },
      { status: 'deferred', stage: 'Early' },
      { status: 'corrected', stage: 'Early' },
      { status: 'deferred', stage: 'Pre' },
    ],
    [
      { stage: 'Early', leans: false, fields: 2 },
      { stage: 'Early', leans: true, fields: 1 },
      { stage: 'Pre', leans: true, fields: 1 },
    ],
  ],
  [
    'not assessable, twice',
    [
      { status: 'analysed', stage: null },
      { status: 'corrected', stage: null },
    ],
    [{ stage: null, leans: false, fields: 2 }],
  ],
])('%s', (_, images, counts) => expect(stageCounts(images)).toEqual(counts));

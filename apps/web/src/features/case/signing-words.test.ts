import type { Adjudication, MaturityStage } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import type { Standing } from './adjudication-words.ts';
import { signedWords } from './signing-words.ts';

const settled = (stage: MaturityStage | null): Adjudication => ({
  status: 'adjudicated',
  stage,
  by: 'agreement',
});

const field = (adjudication: Adjudication, latest: MaturityStage | null = null): Standing => ({
  adjudication,
  corrections: [{ stage: latest }],
  result: null,
});

it.each<[string, Standing[]]>([
  ['1 field: 1 Pro.', [field(settled('Pro'))]],
  [
    '3 fields: 2 Pre, 1 not assessable.',
    [field(settled('Pre')), field(settled(null)), field(settled('Pre'))],
  ],
  [
    '3 fields: 2 Early, 1 Pro. 2 wait for a second reader. 1 is disputed.',
    [
      field({ status: 'open' }, 'Early'),
      field({ status: 'open' }, 'Early'),
      field({ status: 'disputed', why: 'disagreement' }, 'Pro'),
    ],
  ],
])('%s', (words, fields) => expect(signedWords(fields)).toBe(words));

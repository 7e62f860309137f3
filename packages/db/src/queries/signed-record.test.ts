import { canonicalJson } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { recordDigest } from './signed-record.ts';

const head = {
  ...{ id: '1', pseudonym: 'P-1', note: null, blindReview: false },
  createdAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)),
};
const result = { analysisId: 'a1', decisionId: 'd1' };
const record = {
  head,
  fields: [{ id: 'b', position: 0, sha256: 'x' }],
  readings: [{ imageId: 'b', ...result, readerId: 'r', comment: 'two\nlines' }],
  readingCount: 1,
  results: [{ ...result, probabilities: { Pro: 0.1, Benign: 0.9 }, reasons: [] }],
};

it('gives the digest that records were signed under before', () => {
  expect(canonicalJson(['blastwise-record-1', head])).toBe(
    '["blastwise-record-1",{"blindReview":false,"createdAt":"2026-01-02T03:04:05.006Z","id":"1","note":null,"pseudonym":"P-1"}]',
  );
  expect(recordDigest(record, [{ imageId: 'b', ...result }])).toBe(
    '32f539dbf7c6f0c6f8cd17d030df360f695547d2b967315b9de603f992d97233',
  );
});

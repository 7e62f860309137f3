import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from './markdown.ts';

const text = (t: string) => ({ kind: 'text', text: t });

describe('parseInline', () => {
  it('finds code, strong, emphasis and links', () =>
    expect(parseInline('a `b` **c** *d* [e](https://f.org) g')).toEqual([
      text('a '),
      { kind: 'code', text: 'b' },
      text(' '),
      { kind: 'strong', text: 'c' },
      text(' '),
      { kind: 'emphasis', text: 'd' },
      text(' '),
      { kind: 'link', text: 'e', href: 'https://f.org' },
      text(' g'),
    ]));
  it('makes no link of a script or a file', () =>
    expect(parseInline('[a](javascript:alert) [b](run.json)')).toEqual([text('a'), text(' '), text('b')]));
  it('keeps underscores inside names', () =>
    expect(parseInline('block_10_project')).toEqual([text('block_10_project')]));
  it('never passes markup on', () => expect(parseInline('<b>x</b>')).toEqual([text('<b>x</b>')]));
});

describe('parseMarkdown', () => {
  it('reads headings and joins the lines of a paragraph', () =>
    expect(parseMarkdown('# Card\n\nOne\ntwo.\n## Data')).toEqual([
      { kind: 'heading', level: 1, content: [text('Card')] },
      { kind: 'paragraph', content: [text('One two.')] },
      { kind: 'heading', level: 2, content: [text('Data')] },
    ]));
  it('reads a table', () =>
    expect(parseMarkdown('| a | b |\n|---|--:|\n| 1 | 2 |')).toEqual([
      { kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] },
    ]));
  it("reads every table of the starter's card whole", () => {
    const card = new URL('../../../../../packages/model/starter/MODEL_CARD.md', import.meta.url);
    const tables = parseMarkdown(readFileSync(card, 'utf8')).filter((block) => block.kind === 'table');
    expect(tables.length).toBeGreaterThan(3);
    for (const { head, rows } of tables)
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
  });
  it('reads lists, with lines that go on', () =>
    expect(parseMarkdown('1. one\n   more\n2. two')).toEqual([
      { kind: 'list', ordered: true, items: [[text('one more')], [text('two')]] },
    ]));
  it('reads code as it stands', () =>
    expect(parseMarkdown('```sh\nnpm start\n```')).toEqual([{ kind: 'code', text: 'npm start' }]));
  it('ends on a fence that never closes', () =>
    expect(parseMarkdown('```\nx')).toEqual([{ kind: 'code', text: 'x' }]));
});

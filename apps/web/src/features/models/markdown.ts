/** The part of Markdown that model cards are written in. */
export type Inline =
  | { kind: 'text' | 'strong' | 'emphasis' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string };

export type Block =
  | { kind: 'heading'; level: number; content: readonly Inline[] }
  | { kind: 'paragraph' | 'quote'; content: readonly Inline[] }
  | { kind: 'list'; ordered: boolean; items: readonly (readonly Inline[])[] }
  | { kind: 'code'; text: string }
  | {
      kind: 'table';
      head: readonly (readonly Inline[])[];
      rows: readonly (readonly (readonly Inline[])[])[];
    };

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])[*_]([^*_]+)[*_](?![\w*])|!?\[([^\]]*)\]\(([^)\s]+)\)/g;

/** Code, strong, emphasis and links; everything else is text, never markup. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const [, code, strong, emphasis, label, href] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', text: emphasis });
    else if (label !== undefined && href !== undefined) parts.push(link(label, href));
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

/** Only web addresses become links; a relative one points into a folder that the portal does not serve. */
function link(text: string, href: string): Inline {
  return /^https?:\/\//.test(href) ? { kind: 'link', text, href } : { kind: 'text', text };
}

const LIST_ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** Splits a document into blocks, in order. */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && test(line); line = lines[at]) {
      taken.push(line);
      at += 1;
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (line.trim() === '' || /^(-{3,}|\*{3,})$/.test(line.trim())) {
      at += 1;
    } else if (line.startsWith('```')) {
      at += 1;
      const text = takeWhile((l) => !l.startsWith('```')).join('\n');
      at += 1;
      blocks.push({ kind: 'code', text });
    } else if (heading) {
      at += 1;
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        content: parseInline(heading[2] ?? ''),
      });
    } else if (line.includes('|') && /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[at + 1] ?? '')) {
      const [head = '', , ...rows] = takeWhile((l) => l.includes('|'));
      blocks.push({
        kind: 'table',
        head: cells(head).map(parseInline),
        rows: rows.map((r) => cells(r).map(parseInline)),
      });
    } else if (line.startsWith('>')) {
      const text = takeWhile((l) => l.startsWith('>')).map((l) => l.replace(/^>\s?/, ''));
      blocks.push({ kind: 'quote', content: parseInline(text.join(' ')) });
    } else if (LIST_ITEM.test(line)) {
      blocks.push(list(takeWhile((l) => LIST_ITEM.test(l) || (/^\s+\S/.test(l) && !l.startsWith('#')))));
    } else {
      const text = takeWhile((l) => l.trim() !== '' && !/^(#{1,6}\s|```|>)/.test(l) && !LIST_ITEM.test(l));
      blocks.push({ kind: 'paragraph', content: parseInline(text.map((l) => l.trim()).join(' ')) });
    }
  }
  return blocks;
}

function list(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const item = LIST_ITEM.exec(line);
    if (item) items.push(item[2] ?? '');
    else items.push(`${items.pop() ?? ''} ${line.trim()}`.trim());
  }
  return {
    kind: 'list',
    ordered: LIST_ITEM.exec(lines[0] ?? '')?.[1] !== undefined,
    items: items.map(parseInline),
  };
}

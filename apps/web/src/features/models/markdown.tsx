import type { ReactNode } from 'react';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';

/** A Markdown document as elements; nothing of it is ever taken as HTML. */
export function Markdown({ source }: { source: string }) {
  return (
    <div className="flex max-w-[46rem] flex-col gap-3 text-sm leading-6">
      {keyed(parseMarkdown(source)).map(([key, block]) => (
        <BlockView key={key} block={block} />
      ))}
    </div>
  );
}

/** A document does not change its order, so the place is a good key. */
function keyed<T>(items: readonly T[]): [string, T][] {
  return items.map((item, i) => [`${i}`, item]);
}

const HEADING_CLASS = [
  'mt-2 text-lg font-semibold tracking-tight',
  'mt-4 border-b border-rule pb-1 text-base font-semibold',
  'mt-2 text-sm font-semibold',
] as const;

function BlockView({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const className = HEADING_CLASS[Math.min(block.level, 3) - 1];
      const content = <Inlines content={block.content} />;
      // The page's own title is the only first-level heading.
      if (block.level === 1) return <h2 className={className}>{content}</h2>;
      return block.level === 2 ? (
        <h3 className={className}>{content}</h3>
      ) : (
        <h4 className={className}>{content}</h4>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="border-l-2 border-rule-strong pl-3 text-ink-2">
          <Inlines content={block.content} />
        </blockquote>
      );
    case 'code':
      return <pre className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">{block.text}</pre>;
    case 'list': {
      const items = keyed(block.items).map(([key, item]) => (
        <li key={key}>
          <Inlines content={item} />
        </li>
      ));
      return block.ordered ? (
        <ol className="list-decimal pl-5">{items}</ol>
      ) : (
        <ul className="list-disc pl-5 marker:text-ink-3">{items}</ul>
      );
    }
    case 'table':
      return <TableView block={block} />;
  }
}

function TableView({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <table className="tabular w-fit border-collapse text-left">
      <thead>
        <tr>
          {keyed(block.head).map(([key, cell]) => (
            <th key={key} scope="col" className="border-b border-rule-strong py-1 pr-6 text-xs font-semibold">
              <Inlines content={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keyed(block.rows).map(([key, row]) => (
          <tr key={key}>
            {keyed(row).map(([cellKey, cell]) => (
              <td key={cellKey} className="border-b border-rule py-1 pr-6 align-top">
                <Inlines content={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Inlines({ content }: { content: readonly Inline[] }) {
  return keyed(content).map(([key, part]) => <InlineView key={key} part={part} />);
}

function InlineView({ part }: { part: Inline }): ReactNode {
  switch (part.kind) {
    case 'strong':
      return <strong className="font-semibold">{part.text}</strong>;
    case 'emphasis':
      return <em>{part.text}</em>;
    case 'code':
      return <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{part.text}</code>;
    case 'link':
      return (
        <a href={part.href} rel="noreferrer" className="text-accent underline underline-offset-2">
          {part.text}
        </a>
      );
    case 'text':
      return part.text;
  }
}

import type { ReactNode } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { Block, Inline, ListItem } from '../../../../protocol/markdown/tokens.ts';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { CodeBlock } from './code-block.tsx';
import { inlines, inOrder } from './inlines.tsx';

/** The blocks of a message, below each other, each with a direction of its own. */
export function blocks(parts: readonly Block[]): ReactNode {
  return inOrder(parts.map(block));
}

function block(part: Block): ReactNode {
  switch (part.type) {
    case 'paragraph':
      return text(part.children);
    case 'heading':
      // A message is no document: its headings must not stand in the page's outline.
      return text(part.children, 'font-semibold text-strong');
    case 'code':
      return <CodeBlock language={part.language} text={part.text} />;
    case 'quote':
      return (
        <blockquote
          className="flex flex-col gap-1.5 border-s-[3px] border-neutral-7 ps-3 text-muted"
          dir="auto"
        >
          {blocks(part.children)}
        </blockquote>
      );
    case 'list':
      return <ul className="flex flex-col gap-0.5">{inOrder(part.items.map(listItem))}</ul>;
    case 'table':
      return table(part.header, part.rows);
    case 'space':
      return <div style={{ height: `${part.lines}lh` }} />;
    default:
      return assertNever(part);
  }
}

/** `plaintext` gives each line its own direction, as `dir="auto"` does, but counts for the direction of the item around it. */
function text(children: readonly Inline[], className = ''): ReactNode {
  return (
    <p className={`whitespace-pre-wrap [unicode-bidi:plaintext] ${className}`}>
      {inlines(children)}
    </p>
  );
}

/** The marker is text, so that it shows what was typed, is as wide as it needs, and is copied with its item. */
function listItem({ marker, isDone, children }: ListItem): ReactNode {
  const isNumber = /\d/.test(marker);
  const sign = isDone === undefined ? (isNumber ? marker : '•') : isDone ? '☑' : '☐';
  return (
    <li className="flex gap-2" dir="auto">
      <span className="min-w-5 shrink-0 text-end tabular-nums">{sign}</span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">{blocks(children)}</div>
    </li>
  );
}

function table(header: readonly Inline[][], rows: readonly Inline[][][]): ReactNode {
  return (
    <ScrollRegion aria-label="Table" className="overflow-x-auto">
      <table className="text-secondary">
        <thead>{tableRow(header, 'th')}</thead>
        <tbody>{inOrder(rows.map((cells) => tableRow(cells, 'td')))}</tbody>
      </table>
    </ScrollRegion>
  );
}

function tableRow(cells: readonly Inline[][], as: 'th' | 'td'): ReactNode {
  return <tr>{inOrder(cells.map((cell) => tableCell(cell, as)))}</tr>;
}

function tableCell(cell: readonly Inline[], Cell: 'th' | 'td'): ReactNode {
  return (
    <Cell className="border border-line px-2.5 py-1 text-start" dir="auto">
      {inlines(cell)}
    </Cell>
  );
}

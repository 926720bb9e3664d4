import type { ReactNode } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { Block, Inline, ListItem } from '../../../../protocol/markdown/tokens.ts';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { CodeBlock } from './code-block.tsx';
import { inlines, inOrder } from './inlines.tsx';

/**
 * The blocks of a message, below each other, each with a direction of its own. `end` stands behind the last word, or on a line
 * of its own if the last block is none of running text.
 */
export function blocks(parts: readonly Block[], end?: ReactNode): ReactNode {
  const last = parts.at(-1);
  const isWithin = last?.type === 'paragraph' || last?.type === 'heading' || last?.type === 'list';
  const shown = parts.map((part) => block(part, part === last && isWithin ? end : undefined));
  return inOrder(end !== undefined && !isWithin ? [...shown, <p key="end">{end}</p>] : shown);
}

function block(part: Block, end: ReactNode): ReactNode {
  switch (part.type) {
    case 'paragraph':
      return text(part.children, end);
    case 'heading':
      // A message is no document: its headings must not stand in the page's outline.
      return text(part.children, end, 'font-semibold text-strong');
    case 'code':
      return <CodeBlock language={part.language} text={part.text} />;
    case 'quote':
      return (
        <blockquote
          className="flex flex-col gap-1 border-s-[3px] border-neutral-7 ps-3 text-muted"
          dir="auto"
        >
          {blocks(part.children)}
        </blockquote>
      );
    case 'list':
      return <ul className="flex flex-col gap-0.5">{listItems(part.items, end)}</ul>;
    case 'table':
      return table(part.header, part.rows);
    case 'space':
      return <div style={{ height: `${part.lines}lh` }} />;
    default:
      return assertNever(part);
  }
}

/** `plaintext` gives each line its own direction, as `dir="auto"` does, but counts for the direction of the item around it. */
function text(children: readonly Inline[], end: ReactNode, className = ''): ReactNode {
  return (
    <p className={`whitespace-pre-wrap [unicode-bidi:plaintext] ${className}`}>
      {withEnd(inlines(children), end)}
    </p>
  );
}

/** A text and what stands behind its last word, which is not copied with it. */
export function withEnd(text: ReactNode, end: ReactNode): ReactNode {
  if (end === undefined) return text;
  return (
    <>
      <span>{text}</span>
      <span className="select-none"> {end}</span>
    </>
  );
}

function listItems(items: readonly ListItem[], end: ReactNode): ReactNode {
  const last = items.at(-1);
  return inOrder(items.map((item) => listItem(item, item === last ? end : undefined)));
}

/** The marker is text, so that it shows what was typed, is as wide as it needs, and is copied with its item. */
function listItem({ marker, isDone, children }: ListItem, end: ReactNode): ReactNode {
  const isNumber = /\d/.test(marker);
  const sign = isDone === undefined ? (isNumber ? marker : '•') : isDone ? '☑' : '☐';
  return (
    <li className="flex gap-2" dir="auto">
      <span className="min-w-5 shrink-0 text-end tabular-nums">{sign}</span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">{blocks(children, end)}</div>
    </li>
  );
}

function table(header: readonly Inline[][], rows: readonly Inline[][][]): ReactNode {
  return (
    // A group and not a region: a page of many would have as many landmarks of one name.
    <ScrollRegion aria-label="Table" className="overflow-x-auto" role="group">
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

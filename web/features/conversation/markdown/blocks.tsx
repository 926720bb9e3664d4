import type { ReactNode } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { Block, Inline, ListItem } from '../../../../protocol/markdown/tokens.ts';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { CodeBlock } from './code-block.tsx';
import { inlines, inOrder } from './inlines.tsx';

/**
 * The blocks of a message, below each other, each with a direction of its own. `end` stands behind the last word, or on a line
 * of its own if the last block is none of running text. `start` stands before the first word of the first block.
 */
export function blocks(parts: readonly Block[], end?: ReactNode, start?: ReactNode): ReactNode {
  const last = parts.at(-1);
  const isWithin = isText(last) || last?.type === 'list';
  const shown = parts.map((part, at) =>
    block(part, part === last && isWithin ? end : undefined, at === 0 && start),
  );
  return inOrder(end !== undefined && !isWithin ? [...shown, <p key="end">{end}</p>] : shown);
}

function isText(part: Block | undefined): boolean {
  return part?.type === 'paragraph' || part?.type === 'heading';
}

function block(part: Block, end: ReactNode, start: ReactNode): ReactNode {
  switch (part.type) {
    case 'paragraph':
      return text(part.children, end, start);
    case 'heading':
      // A message is no document: its headings must not stand in the page's outline.
      return text(part.children, end, start, 'font-semibold text-strong');
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
function text(
  children: readonly Inline[],
  end: ReactNode,
  start: ReactNode,
  className = '',
): ReactNode {
  return (
    <p className={`whitespace-pre-wrap [unicode-bidi:plaintext] ${className}`}>
      {start}
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

/**
 * The marker is text, so that it shows what was typed, is as wide as it needs, and is copied with its item: a browser copies
 * what stands in a block of its own as a line of its own, so it stands in the first line of the item.
 */
function listItem({ marker, isDone, children }: ListItem, end: ReactNode): ReactNode {
  const isNumber = /\d/.test(marker);
  const sign = isDone === undefined ? (isNumber ? marker : '•') : isDone ? '☑' : '☐';
  const start = (
    <>
      <span className="-ms-7 me-1 inline-block min-w-5 text-end tabular-nums">{sign}</span>{' '}
    </>
  );
  const isWithin = isText(children[0]);
  return (
    <li className="flex flex-col gap-0.5 ps-7" dir="auto">
      {!isWithin && <p className="h-0">{start}</p>}
      {blocks(children, end, isWithin && start)}
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

import type { MarkedToken, Token, Tokens } from 'marked';
import type { ReactNode } from 'react';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { CodeBlock } from './code-block.tsx';
import { inline, MOST_LEVELS, withMentions } from './inline.tsx';
import { known } from './lex.ts';
import { inOrder } from './plain-text.tsx';

/** Renders block tokens: paragraphs, lists, quotes, code, tables. */
export function blocks(tokens: readonly Token[], level = 0): ReactNode {
  return inOrder(known(tokens).map((token) => block(token, level)));
}

function block(token: MarkedToken, level: number): ReactNode {
  if (level > MOST_LEVELS) return <p className="whitespace-pre-wrap">{token.raw}</p>;
  switch (token.type) {
    case 'paragraph':
      return <p>{inline(token.tokens, level + 1)}</p>;
    case 'heading':
      // A message is no document: its headings must not be in the outline of the page.
      return <p className="font-semibold text-strong">{inline(token.tokens, level + 1)}</p>;
    case 'code':
      return <CodeBlock language={token.lang} text={token.text} />;
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-1.5 border-l-[3px] border-neutral-7 pl-3 text-muted">
          {blocks(token.tokens, level + 1)}
        </blockquote>
      );
    case 'list':
      return list(token, level);
    case 'hr':
      return <hr className="border-line" />;
    case 'table':
      return table(token, level);
    case 'html':
      return <p className="whitespace-pre-wrap">{token.raw.trimEnd()}</p>;
    case 'def':
      return <p>{token.raw.trimEnd()}</p>;
    case 'space':
      return null;
    case 'text':
      return token.tokens ? inline(token.tokens, level + 1) : withMentions(token.text);
    default:
      return inline([token], level + 1);
  }
}

function list(token: Tokens.List, level: number): ReactNode {
  const items = inOrder(token.items.map((item) => listItem(item, level)));
  if (!token.ordered) return <ul className="list-disc pl-6">{items}</ul>;
  return (
    <ol className="list-decimal pl-7" start={token.start === '' ? 1 : token.start}>
      {items}
    </ol>
  );
}

function listItem(item: Tokens.ListItem, level: number): ReactNode {
  return (
    <li className={item.task ? 'list-none' : undefined}>
      {blocks(item.tokens.map(shown), level + 1)}
    </li>
  );
}

/** Readers cannot tick a checkbox in a message, so it is an image and not a control. */
function shown(token: Token): Token {
  if (token.type !== 'checkbox') return token;
  const sign = token['checked'] === true ? '☑ ' : '☐ ';
  return { type: 'text', raw: sign, text: sign };
}

function table(token: Tokens.Table, level: number): ReactNode {
  return (
    <ScrollRegion aria-label="Table" className="overflow-x-auto">
      <table className="text-secondary">
        <thead>{tableRow(token.header, level)}</thead>
        <tbody>{inOrder(token.rows.map((row) => tableRow(row, level)))}</tbody>
      </table>
    </ScrollRegion>
  );
}

function tableRow(cells: readonly Tokens.TableCell[], level: number): ReactNode {
  return <tr>{inOrder(cells.map((cell) => tableCell(cell, level)))}</tr>;
}

function tableCell(cell: Tokens.TableCell, level: number): ReactNode {
  const Cell = cell.header ? 'th' : 'td';
  return (
    <Cell className="border border-line px-2.5 py-1 text-left">
      {inline(cell.tokens, level + 1)}
    </Cell>
  );
}

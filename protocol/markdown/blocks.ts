import { cut, inlineOf, type Line, linesOf } from './lines.ts';
import { tableAt } from './table.ts';
import type { Block, ListItem } from './tokens.ts';

/** Quotes and lists nest this deep at most; deeper ones are shown as typed. It bounds the work and the depth of the page. */
const MAX_DEPTH = 8;

const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
/** `>_<` and `>=` are no quotes: a space or the end of the line follows. */
const QUOTE = /^ {0,3}>(?=[ >]|$) ?/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(?=\S)/;
/** A line of nothing but marks, as in `- - -`, is a line that people draw, and no list in a list. */
const ITEM = /^( *)(?!([-*•])(?: *\2)+ *$)([-*•]|\d{1,9}[.)])[ \t]+(?=\S)/;
const TASK = /^\[([ xX])\][ \t]+(?=\S)/;
/** A line that would begin a block but for the backslash before its mark. */
const ESCAPED = /^( {0,3}\d{0,9})\\(?=[#>*•~`.)-])/;

/** A block, and the number of lines that it takes. */
interface Found {
  block: Block;
  lines: number;
}

/** How deep the lines nest, and what to call with the last line of each fenced code that nothing closes. */
interface Reading {
  depth: number;
  onUnclosed?: (last: Line) => void;
}

/** The blocks of consecutive lines. Every line is read once at each depth. */
export function blocks(lines: readonly Line[], reading: Reading = { depth: 0 }): Block[] {
  const found: Block[] = [];
  let paragraph: Line[][] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) found.push({ type: 'paragraph', children: inlineOf(paragraph) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const empty = countEmpty(lines, at);
    if (empty > 0) {
      endParagraph();
      // One empty line separates two blocks as their margin does; the others take room of their own.
      if (empty > 1 && at > 0) found.push({ type: 'space', lines: empty - 1 });
      at += empty;
      continue;
    }
    const next = blockAt(lines, at, reading);
    if (next) {
      endParagraph();
      found.push(next.block);
    } else paragraph.push(unescaped(lines[at]));
    at += next?.lines ?? 1;
  }
  endParagraph();
  return found;
}

function countEmpty(lines: readonly Line[], from: number): number {
  let end = from;
  while (lines[end]?.text.trim() === '') end++;
  return end - from;
}

/** Whether a text that ends here is inside fenced code, which nothing has closed yet, or on the line that opens it. */
export function isInFence(text: string): boolean {
  let isOpen = false;
  const onUnclosed = (last: Line) => {
    // The fence of a quote or an item ends with it, closed or not.
    isOpen ||= last.at + last.text.length === text.length;
  };
  if (/`{3}|~{3}/.test(text)) blocks(linesOf(text), { depth: 0, onUnclosed });
  return isOpen;
}

/** The block other than a paragraph that begins at a line. */
function blockAt(lines: readonly Line[], at: number, reading: Reading): Found | undefined {
  const nests = reading.depth < MAX_DEPTH;
  const deeper = { ...reading, depth: reading.depth + 1 };
  return (
    codeAt(lines, at, reading) ??
    headingAt(lines, at) ??
    (nests ? (quoteAt(lines, at, deeper) ?? listAt(lines, at, deeper)) : undefined) ??
    tableAt(lines, at)
  );
}

/** Fenced code; without a closing fence it goes on to the end. */
function codeAt(lines: readonly Line[], at: number, { onUnclosed }: Reading): Found | undefined {
  const [, fence = '', info = ''] = FENCE.exec(lines[at]?.text ?? '') ?? [];
  if (fence === '') return undefined;
  let end = at + 1;
  while (end < lines.length && !isClosing(lines[end]?.text ?? '', fence)) end++;
  const last = lines.at(-1);
  if (end === lines.length && last) onUnclosed?.(last);
  const inside = lines.slice(at + 1, end).map((line) => line.text);
  if (inside.every((text) => text.trim() === '')) return undefined;
  const language = info.trim().split(/\s/, 1)[0] || undefined;
  const code = { type: 'code', language, text: inside.join('\n') } as const;
  return { block: code, lines: Math.min(end + 1, lines.length) - at };
}

function isClosing(text: string, fence: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(text)?.[1];
  return run !== undefined && run.length >= fence.length && run.charAt(0) === fence.charAt(0);
}

function headingAt(lines: readonly Line[], at: number): Found | undefined {
  const line = lines[at];
  const mark = HEADING.exec(line?.text ?? '');
  if (!line || !mark) return undefined;
  return {
    block: { type: 'heading', children: inlineOf([[cut(line, mark[0].length)]]) },
    lines: 1,
  };
}

/** Consecutive lines that begin with `>`: a quote ends with its line. With nothing in it, it is text. */
function quoteAt(lines: readonly Line[], at: number, inner: Reading): Found | undefined {
  const inside: Line[] = [];
  for (let next = lines[at]; next; next = lines[at + inside.length]) {
    const mark = QUOTE.exec(next.text);
    if (!mark) break;
    inside.push(cut(next, mark[0].length));
  }
  if (inside.length === 0) return undefined;
  if (inside.every(({ text }) => text.trim() === '')) {
    const typed = lines.slice(at, at + inside.length).map((line) => [line]);
    return { block: { type: 'paragraph', children: inlineOf(typed) }, lines: typed.length };
  }
  return { block: { type: 'quote', children: blocks(inside, inner) }, lines: inside.length };
}

/** Consecutive items, each with the lines below it that are indented further than its mark. */
function listAt(lines: readonly Line[], at: number, inner: Reading): Found | undefined {
  const items: ListItem[] = [];
  let end = at;
  for (let line = lines[end]; line; line = lines[end]) {
    const [mark, indent = '', , marker = ''] = ITEM.exec(line.text) ?? [];
    if (mark === undefined) break;
    const first = cut(line, mark.length);
    const task = TASK.exec(first.text);
    const below = linesBelow(lines, end + 1, indent.length, mark.length);
    const inside = [task ? cut(first, task[0].length) : first, ...below];
    const isDone = task ? task[1] !== ' ' : undefined;
    items.push({ marker, isDone, children: blocks(inside, inner) });
    end += 1 + below.length;
  }
  return items.length > 0 ? { block: { type: 'list', items }, lines: end - at } : undefined;
}

/** The lines that belong to an item: indented by two more than its mark, and empty ones among them. */
function linesBelow(
  lines: readonly Line[],
  from: number,
  indent: number,
  width: number,
): readonly Line[] {
  let end = from;
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') continue;
    if (indentOf(text) < indent + 2) break;
    end = at + 1;
  }
  return lines.slice(from, end).map((line) => cut(line, Math.min(indentOf(line.text), width)));
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** A line of a paragraph, without the backslash that stopped it from beginning a block. */
function unescaped(line: Line | undefined): Line[] {
  if (!line) return [];
  const lead = ESCAPED.exec(line.text)?.[0].length;
  if (lead === undefined) return [line];
  const start = { text: line.text.slice(0, lead - 1), at: line.at };
  const rest = cut(line, lead);
  const bare = start.text + rest.text;
  const isBlock = [FENCE, QUOTE, HEADING, ITEM].some((mark) => mark.test(bare));
  return isBlock ? [start, rest] : [line];
}

import { push } from './delimiters.ts';
import { inline } from './inline.ts';
import type { Inline } from './tokens.ts';

/** A line of a message, or what is left of it inside a quote, an item or a cell. `at` is where it begins in the message. */
export interface Line {
  text: string;
  at: number;
}

/** The lines of a message. */
export function linesOf(content: string): Line[] {
  let at = 0;
  return content.split('\n').map((text) => {
    const line = { text, at };
    at += text.length + 1;
    return line;
  });
}

/** A line without its first characters. */
export function cut(line: Line, count: number): Line {
  return { text: line.text.slice(count), at: line.at + count };
}

/** The inline parts of lines, each given in the pieces that are left of it, with offsets that count in the whole message. */
export function inlineOf(lines: readonly (readonly Line[])[]): Inline[] {
  let text = '';
  const pieces: { start: number; end: number; shift: number }[] = [];
  for (const [index, line] of lines.entries()) {
    for (const [order, piece] of line.entries()) {
      const start = text.length;
      const endsLine = order === line.length - 1 && index < lines.length - 1;
      text += endsLine ? `${piece.text}\n` : piece.text;
      const shift = piece.at - start;
      const last = pieces.at(-1);
      if (last?.shift === shift) last.end = text.length;
      else pieces.push({ start, end: text.length, shift });
    }
  }
  const parts = inline(text);
  const [first] = pieces;
  if (pieces.length <= 1) return moved(parts, first?.shift ?? 0);
  return placed(parts, pieces);
}

function moved(parts: readonly Inline[], shift: number): Inline[] {
  if (shift === 0) return [...parts];
  return parts.map((part) => {
    if ('children' in part) return { ...part, children: moved(part.children, shift) };
    return 'at' in part ? { ...part, at: part.at + shift } : part;
  });
}

/** Text that runs over several pieces becomes one text for each. */
function placed(
  parts: readonly Inline[],
  pieces: readonly { start: number; end: number; shift: number }[],
): Inline[] {
  const result: Inline[] = [];
  for (const part of parts) {
    if (part.type === 'code') result.push(part);
    else if ('children' in part) result.push({ ...part, children: placed(part.children, pieces) });
    else if (part.type === 'mention')
      result.push({ ...part, at: part.at + (pieces[pieceAt(pieces, part.at)]?.shift ?? 0) });
    else {
      for (let at = part.at, end = at + part.text.length; at < end; ) {
        const piece = pieces[pieceAt(pieces, at)];
        const next = Math.min(end, piece?.end ?? end);
        const text = part.text.slice(at - part.at, next - part.at);
        push(result, { type: 'text', text, at: at + (piece?.shift ?? 0) });
        at = next;
      }
    }
  }
  return result;
}

/** The piece that holds an offset; by halves, because a message may have thousands of lines. */
function pieceAt(pieces: readonly { start: number }[], at: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

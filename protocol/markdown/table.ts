import { inlineOf, type Line } from './lines.ts';
import type { Block, Inline } from './tokens.ts';

/** A cell of the row below the header. The colons, which align a column elsewhere, are allowed and mean nothing. */
const RULE = /^:?-+:?$/;

/** The table that begins at a line: a header, a row of `---` with as many cells, and rows for as long as lines hold a `|`. */
export function tableAt(
  lines: readonly Line[],
  at: number,
): { block: Block; lines: number } | undefined {
  const [head, rule] = [lines[at], lines[at + 1]];
  if (!head || !rule?.text.includes('|') || !head.text.includes('|')) return undefined;
  const columns = columnsOf(rule.text);
  const header = columns === undefined ? [] : cellsOf(head);
  if (columns === undefined || header.length !== columns) return undefined;
  const rows: Inline[][][] = [];
  for (let row = lines[at + 2]; row?.text.includes('|'); row = lines[at + 2 + rows.length])
    rows.push(cellsOf(row));
  return { block: { type: 'table', header, rows }, lines: 2 + rows.length };
}

/** How many columns a row of `---` begins; undefined if it is another row. */
function columnsOf(rule: string): number | undefined {
  const cells = rule.split('|').map((cell) => cell.trim());
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells.every((cell) => RULE.test(cell)) ? cells.length : undefined;
}

/** The cells of a row. `\|` is a `|` inside a cell. */
function cellsOf(row: Line): Inline[][] {
  const from = /^\s*\|?/.exec(row.text)?.[0].length ?? 0;
  const cells: Line[][] = [];
  let cell: Line[] = [];
  let start = from;
  const end = (at: number) => cell.push({ text: row.text.slice(start, at), at: row.at + start });
  for (let at = from; at < row.text.length; at++) {
    const char = row.text.charAt(at);
    if (char === '\\' && row.text.charAt(at + 1) === '|') {
      end(at);
      start = at + 1;
      at++;
    } else if (char === '|') {
      end(at);
      cells.push(cell);
      cell = [];
      start = at + 1;
    }
  }
  end(row.text.length);
  // The last cell needs no `|` behind it.
  if (cell.length > 1 || cell.some(({ text }) => text.trim() !== '')) cells.push(cell);
  return cells.map((pieces) => inlineOf([trimmed(pieces)]));
}

/** A cell without the white space around it. */
function trimmed(pieces: readonly Line[]): Line[] {
  return pieces.map(({ text, at }, index) => {
    const kept = index === pieces.length - 1 ? text.trimEnd() : text;
    const lead = index === 0 ? kept.length - kept.trimStart().length : 0;
    return { text: kept.slice(lead), at: at + lead };
  });
}

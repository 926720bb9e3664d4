import { after, before, endsWord, isSpace, isUnspaced, startsWord } from './characters.ts';
import type { Inline, Marked } from './tokens.ts';

/** Text is nested in marks this deep at most; deeper marks are shown as typed, because React and the stack nest with it. */
const MAX_DEPTH = 16;

/** A run of `*`, `_` or `~` that may begin or end marked text. */
export interface Delimiter {
  type: 'delimiter';
  char: string;
  count: number;
  at: number;
  opens: boolean;
  closes: boolean;
}

/** What the scan of a line leaves behind: finished parts, and delimiters that are not paired yet. */
export type Node = Inline | Delimiter;

/** A pair's half: how many characters it takes and what it makes. */
interface Half {
  size: number;
  type: Marked['type'];
  at: number;
}

/** A delimiter's characters from left to right: those that end pairs, those left over, those that begin pairs. */
interface Paired {
  ends: Half[];
  ended: number;
  left: number;
  begins: Half[];
}

/**
 * The run of marks at `at`, and whether it may begin or end marked text: single marks only at the edges of a word; `**` and
 * `~~` also beside a script that puts no spaces between words.
 */
export function delimiterAt(text: string, at: number): Delimiter {
  const char = text.charAt(at);
  let end = at + 1;
  while (text.charAt(end) === char) end++;
  const count = end - at;
  const previous = before(text, at);
  const next = after(text, end);
  const isMarked = isMark(char, count);
  const isInside = count === 2 && (isUnspaced(previous) || isUnspaced(next));
  return {
    type: 'delimiter',
    char,
    count,
    at,
    opens: isMarked && !isSpace(next) && (isInside || startsWord(previous)),
    closes: isMarked && !isSpace(previous) && (isInside || endsWord(next)),
  };
}

/** `*` alone, twice or three times, `_` alone, `~` twice. Other runs (`__init__`, `****`, `9~12`) mean nothing. */
function isMark(char: string, count: number): boolean {
  if (char === '*') return count <= 3;
  return char === '_' ? count === 1 : count === 2;
}

/** The parts of a line with its delimiters paired; those without a partner stay text. `pairedAt` hears where marks were found. */
export function paired(nodes: readonly Node[], pairedAt?: (at: number) => void): Inline[] {
  const pairs = pair(nodes);
  const root: Inline[] = [];
  const open: { children: Inline[]; isFlat: boolean }[] = [{ children: root, isFlat: false }];
  const report = (size: number, at: number) => {
    for (let mark = at; mark < at + size; mark++) pairedAt?.(mark);
  };
  const add = (part: Inline) => push(open.at(-1)?.children ?? root, part);
  for (const node of nodes) {
    if (node.type !== 'delimiter') {
      add(node);
      continue;
    }
    const { ends, ended, left, begins } = pairs.get(node) ?? unpaired(node);
    const literal = (size: number, at: number) =>
      add({ type: 'text', text: node.char.repeat(size), at });
    for (const { size, at } of ends) {
      report(size, at);
      if (open.pop()?.isFlat) literal(size, at);
    }
    if (left > 0) literal(left, node.at + ended);
    for (const { size, type, at } of begins.reverse()) {
      report(size, at);
      const isFlat = open.length > MAX_DEPTH;
      if (isFlat) literal(size, at);
      const children: Inline[] = [];
      if (!isFlat) add({ type, children });
      open.push({ children: isFlat ? (open.at(-1)?.children ?? root) : children, isFlat });
    }
  }
  return root;
}

/** Adds a part, as one piece with the text before it where both stand beside each other in the message. */
export function push(parts: Inline[], part: Inline): void {
  const last = parts.at(-1);
  if (part.type === 'text' && last?.type === 'text' && last.at + last.text.length === part.at)
    parts[parts.length - 1] = { ...last, text: last.text + part.text };
  else parts.push(part);
}

/** Every closing delimiter takes the nearest opening one that fits. One stack for each kind keeps the search constant. */
function pair(nodes: readonly Node[]): Map<Delimiter, Paired> {
  const pairs = new Map<Delimiter, Paired>();
  const stacks = new Map<string, { delimiter: Delimiter; order: number }[]>();
  const of = (delimiter: Delimiter) => {
    const known = pairs.get(delimiter) ?? unpaired(delimiter);
    pairs.set(delimiter, known);
    return known;
  };
  for (const [order, node] of nodes.entries()) {
    if (node.type !== 'delimiter' || (!node.opens && !node.closes)) continue;
    const mine = of(node);
    while (node.closes && mine.left > 0) {
      const kinds = kindsThatEnd(node.char, mine.left);
      const tops = kinds.flatMap((kind) => stacks.get(kind)?.at(-1) ?? []);
      const opener = tops.sort((a, b) => b.order - a.order)[0];
      if (!opener) break;
      // Whatever began inside the pair and did not end there can never end.
      for (const stack of stacks.values())
        while ((stack.at(-1)?.order ?? -1) >= opener.order) stack.pop();
      const theirs = of(opener.delimiter);
      const size = theirs.left >= 2 && mine.left >= 2 ? 2 : 1;
      const type = node.char === '~' ? 'strike' : size === 2 ? 'strong' : 'emphasis';
      theirs.left -= size;
      theirs.begins.push({ size, type, at: opener.delimiter.at + theirs.ended + theirs.left });
      mine.ends.push({ size, type, at: node.at + mine.ended });
      mine.ended += size;
      mine.left -= size;
      if (theirs.left > 0) stackOf(stacks, node.char, theirs.left).push(opener);
    }
    if (node.opens && mine.left > 0)
      stackOf(stacks, node.char, mine.left).push({ delimiter: node, order });
  }
  return pairs;
}

function unpaired(delimiter: Delimiter): Paired {
  return { ends: [], ended: 0, left: delimiter.count, begins: [] };
}

/** The kinds of opening delimiter that `count` marks can end: a single mark never takes half of a double one. */
function kindsThatEnd(char: string, count: number): string[] {
  const counts = count === 3 ? [1, 2, 3] : [count, 3];
  return counts.map((it) => `${char}${it}`);
}

function stackOf<T>(stacks: Map<string, T[]>, char: string, count: number): T[] {
  const kind = `${char}${count}`;
  const stack = stacks.get(kind) ?? [];
  stacks.set(kind, stack);
  return stack;
}

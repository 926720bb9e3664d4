import { assertNever } from '../assert-never.ts';
import { isBlank } from '../text.ts';
import { bareAddress, emailAddress, safeHref, startsAddress } from './address.ts';
import { isPunctuation } from './characters.ts';
import { delimiterAt, type Node, paired } from './delimiters.ts';
import { linkTargetAt } from './link-target.ts';
import type { Inline } from './tokens.ts';

/** How content names people, everyone online and everyone of the group: `<@userId>`, `<@here>`, `<@all>`. */
const MENTION = /<@([A-Za-z0-9_-]{1,64})>/y;
const ANGLED_ADDRESS = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2048})>/iy;
/** Where something other than plain text may begin. */
const SPECIAL = /[\\`*_~[\]!<@]|https?:|www\.|mailto:/gi;

const BACKTICKS = /`+/g;

/** A `[` that may begin a link: where its node stands among the others. */
interface Bracket {
  index: number;
  at: number;
  isImage: boolean;
}

/** The parts of a text of one or more lines. Offsets (`at`) count from the start of `text`. */
export function inline(text: string): Inline[] {
  return new Scan(text, backslashesToHide(text)).parts();
}

/**
 * Where backslashes stand that stopped a mark, and are therefore hidden: those without which the character after them
 * would be read as a mark. A path or a shrug keeps its backslashes.
 */
function backslashesToHide(text: string): ReadonlySet<number> {
  const hidden = new Set<number>();
  if (!/\\[!-/:-@[-`{-~]/.test(text)) return hidden;
  let bare = '';
  const backslashes = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === '\\' && isPunctuation(text.charAt(at + 1))) {
      if (text.charAt(at + 1) !== '\\') backslashes.set(bare.length, at);
      else bare += '\\';
      at++;
    }
    bare += text.charAt(at);
  }
  new Scan(bare, hidden, (at) => {
    const backslash = backslashes.get(at);
    if (backslash !== undefined) hidden.add(backslash);
  }).parts();
  return hidden;
}

/** One walk over a text from left to right. Every step moves on, and looks ahead a bounded number of characters at most. */
class Scan {
  readonly #text: string;
  readonly #hidden: ReadonlySet<number>;
  readonly #markedAt: ((at: number) => void) | undefined;
  readonly #nodes: Node[] = [];
  #brackets: Bracket[] = [];
  /** Where the text that is not yet a node begins. */
  #plainFrom = 0;
  #at = 0;
  /** Up to here no address can be found: it was tried and refused. */
  #noAddressBefore = 0;
  #runs: ReadonlyMap<number, number[]> | undefined;

  /** `markedAt` hears the offset of every character that is read as a mark. */
  constructor(text: string, hidden: ReadonlySet<number>, markedAt?: (at: number) => void) {
    this.#text = text;
    this.#hidden = hidden;
    this.#markedAt = markedAt;
  }

  parts(): Inline[] {
    const special = new RegExp(SPECIAL);
    for (;;) {
      special.lastIndex = this.#at;
      const found = special.exec(this.#text);
      if (!found) break;
      this.#at = found.index;
      this.#at = this.#step();
    }
    this.#flush(this.#text.length);
    return paired(this.#nodes, this.#markedAt);
  }

  #step(): number {
    const char = this.#text.charAt(this.#at);
    switch (char) {
      case '\\':
        return this.#backslash();
      case '`':
        return this.#code();
      case '*':
      case '_':
      case '~':
        return this.#delimiter();
      case '!':
        if (this.#text.charAt(this.#at + 1) !== '[') return this.#skip(1);
        return this.#openBracket(2);
      case '[':
        return this.#openBracket(1);
      case ']':
        return this.#closeBracket();
      case '<':
        return this.#angle();
      case '@':
        return this.#email();
      default:
        return this.#address();
    }
  }

  #backslash(): number {
    if (!isPunctuation(this.#text.charAt(this.#at + 1))) return this.#skip(1);
    if (this.#hidden.has(this.#at)) {
      this.#flush(this.#at);
      this.#plainFrom = this.#at + 1;
    }
    return this.#skip(2);
  }

  /** A run of backticks begins code if a run of the same length follows. */
  #code(): number {
    this.#runs ??= runsOfBackticks(this.#text);
    let length = 1;
    while (this.#text.charAt(this.#at + length) === '`') length++;
    const start = this.#at + length;
    const ends = this.#runs.get(length) ?? [];
    while ((ends.at(-1) ?? start) < start) ends.pop();
    const end = ends.at(-1);
    if (end === undefined) return this.#skip(length);
    this.#mark(this.#at, length);
    this.#mark(end, length);
    return this.#put({ type: 'code', text: unpadded(this.#text.slice(start, end)) }, end + length);
  }

  #delimiter(): number {
    const delimiter = delimiterAt(this.#text, this.#at);
    if (delimiter.opens || delimiter.closes)
      return this.#put(delimiter, this.#at + delimiter.count);
    return this.#skip(delimiter.count);
  }

  #openBracket(length: number): number {
    this.#flush(this.#at);
    this.#brackets.push({ index: this.#nodes.length, at: this.#at, isImage: length === 2 });
    return this.#put(
      { type: 'text', text: this.#text.slice(this.#at, this.#at + length), at: this.#at },
      this.#at + length,
    );
  }

  #closeBracket(): number {
    const bracket = this.#brackets.pop();
    const target = bracket ? linkTargetAt(this.#text, this.#at + 1) : undefined;
    const href = target ? safeHref(target.address) : undefined;
    if (!bracket || !target || href === undefined) return this.#skip(1);
    this.#flush(this.#at);
    // The first node is the bracket itself.
    const inside = paired(this.#nodes.slice(bracket.index + 1), this.#markedAt).flatMap(unlinked);
    const children =
      bracket.isImage && inside.length === 0 ? addressAsText(target.address, this.#at) : inside;
    if (!isVisible(children)) return this.#skip(1);
    this.#nodes.length = bracket.index;
    // No link contains another.
    this.#brackets = [];
    this.#mark(bracket.at, 2);
    this.#mark(this.#at, 2);
    this.#mark(target.end - 1, 1);
    return this.#put({ type: 'link', href, title: target.title, children }, target.end);
  }

  /** `<@mention>` or `<https://…>`. */
  #angle(): number {
    MENTION.lastIndex = this.#at;
    const [mention, userId] = MENTION.exec(this.#text) ?? [];
    if (mention !== undefined && userId !== undefined) {
      this.#mark(this.#at, 1);
      return this.#put({ type: 'mention', userId, at: this.#at }, this.#at + mention.length);
    }
    ANGLED_ADDRESS.lastIndex = this.#at;
    const [whole, address] = ANGLED_ADDRESS.exec(this.#text) ?? [];
    const href = address === undefined ? undefined : safeHref(address);
    if (whole === undefined || address === undefined || href === undefined) return this.#skip(1);
    this.#mark(this.#at, 1);
    return this.#put(
      { type: 'link', href, children: addressAsText(address, this.#at + 1) },
      this.#at + whole.length,
    );
  }

  #email(): number {
    const found = emailAddress(this.#text, this.#plainFrom, this.#at);
    if (!found) return this.#skip(1);
    this.#flush(found.start);
    this.#plainFrom = found.end;
    const children = addressAsText(this.#text.slice(found.start, found.end), found.start);
    return this.#put({ type: 'link', href: found.href, children }, found.end);
  }

  #address(): number {
    if (this.#at < this.#noAddressBefore || !startsAddress(this.#text, this.#at))
      return this.#skip(1);
    const { href, end } = bareAddress(this.#text, this.#at);
    if (href === undefined) {
      this.#noAddressBefore = end;
      return this.#skip(1);
    }
    const children = addressAsText(this.#text.slice(this.#at, end), this.#at);
    return this.#put({ type: 'link', href, children }, end);
  }

  /** Leaves characters to be plain text. Returns where the scan goes on, as every step does. */
  #skip(count: number): number {
    return this.#at + count;
  }

  /** Ends the plain text before `#at`, adds a node, and goes on after it. */
  #put(node: Node, end: number): number {
    this.#flush(this.#at);
    this.#nodes.push(node);
    this.#plainFrom = end;
    return end;
  }

  #flush(end: number): void {
    if (end > this.#plainFrom) {
      const text = this.#text.slice(this.#plainFrom, end);
      this.#nodes.push({ type: 'text', text, at: this.#plainFrom });
    }
    this.#plainFrom = Math.max(this.#plainFrom, end);
  }

  #mark(at: number, count: number): void {
    for (let mark = at; mark < at + count; mark++) this.#markedAt?.(mark);
  }
}

/** Where the runs of backticks of each length stand, the last of them first. */
function runsOfBackticks(text: string): ReadonlyMap<number, number[]> {
  const runs = Map.groupBy([...text.matchAll(BACKTICKS)].reverse(), ([run]) => run.length);
  return new Map([...runs].map(([length, found]) => [length, found.map(({ index }) => index)]));
}

/** Code without the space on either side that lets it begin or end with a backtick. */
function unpadded(code: string): string {
  const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return isPadded ? code.slice(1, -1) : code;
}

function addressAsText(address: string, at: number): Inline[] {
  return [{ type: 'text', text: address, at }];
}

/** A part without the links in it. */
function unlinked(part: Inline): Inline[] {
  switch (part.type) {
    case 'link':
      return part.children.flatMap(unlinked);
    case 'strong':
    case 'emphasis':
    case 'strike':
      return [{ ...part, children: part.children.flatMap(unlinked) }];
    case 'text':
    case 'mention':
    case 'code':
      return [part];
    default:
      return assertNever(part);
  }
}

/** Whether something of these parts can be seen. */
export function isVisible(parts: readonly Inline[]): boolean {
  return parts.some((part) => {
    if (part.type === 'mention') return true;
    return 'children' in part ? isVisible(part.children) : !isBlank(part.text);
  });
}

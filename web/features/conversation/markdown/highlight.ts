import type { Emitter } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import { LANGUAGES } from './languages.ts';

/** A piece of code: text, or pieces of one kind (`keyword`, `string` …). */
export type CodePiece = string | { kind: string; pieces: CodePiece[] };

/**
 * Code of more pieces stays plain: the page would stand still while it draws them. The largest message of dense code has some
 * 4,000, one that is made to be slow up to 16,000.
 */
const MOST_PIECES = 6_000;

/** Collects the tokens of highlight.js as plain data; its HTML is never used. */
class Pieces implements Emitter {
  readonly pieces: CodePiece[] = [];
  /** How many pieces there are, inner ones included. */
  count = 0;
  readonly #open: CodePiece[][] = [this.pieces];

  addText(text: string): void {
    if (text === '') return;
    this.count += 1;
    this.#open.at(-1)?.push(text);
  }

  openNode(kind: string): void {
    const pieces: CodePiece[] = [];
    this.count += 1;
    this.#open.at(-1)?.push({ kind, pieces });
    this.#open.push(pieces);
  }

  closeNode(): void {
    if (this.#open.length > 1) this.#open.pop();
  }

  /** highlight.js uses both names, though its types know only these. */
  startScope(kind: string): void {
    this.openNode(kind);
  }

  endScope(): void {
    this.closeNode();
  }

  __addSublanguage(emitter: Emitter): void {
    if (!(emitter instanceof Pieces)) return;
    this.count += emitter.count;
    this.#open.at(-1)?.push(...emitter.pieces);
  }

  finalize(): void {
    this.#open.length = 1;
  }

  /** Part of the interface of highlight.js, unused here. */
  toHTML(): string {
    return '';
  }
}

hljs.configure({ __emitter: Pieces });

/** Loads the language of a name; false if there is none of that name. Throws if its file cannot be loaded. */
export async function loadLanguage(name: string): Promise<boolean> {
  const load = LANGUAGES.get(name);
  if (!load) return false;
  if (!hljs.getLanguage(name)) hljs.registerLanguage(name, await load());
  return true;
}

/** The pieces of `code` in a language that is loaded; undefined if it has too many. */
export function highlight(code: string, language: string): readonly CodePiece[] | undefined {
  const { _emitter: emitter } = hljs.highlight(code, { language, ignoreIllegals: true });
  return emitter instanceof Pieces && emitter.count <= MOST_PIECES ? emitter.pieces : undefined;
}

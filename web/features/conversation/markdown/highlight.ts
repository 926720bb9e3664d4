import type { Emitter } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import { LANGUAGES } from './languages.ts';

/** A piece of code: text, or pieces of one kind (`keyword`, `string` …). */
export type CodePiece = string | { kind: string; pieces: CodePiece[] };

/** Longer code is not highlighted, because that would block the page. */
const MOST_CHARACTERS = 20_000;

/** Collects the tokens of highlight.js as plain data; its HTML is never used. */
class Pieces implements Emitter {
  readonly pieces: CodePiece[] = [];
  readonly #open: CodePiece[][] = [this.pieces];

  addText(text: string): void {
    if (text !== '') this.#open.at(-1)?.push(text);
  }

  openNode(kind: string): void {
    const pieces: CodePiece[] = [];
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
    if (emitter instanceof Pieces) this.#open.at(-1)?.push(...emitter.pieces);
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

/** The pieces of `code` in the language of its fence; undefined for an unknown language and for code that is too long. */
export async function highlight(code: string, fence: string): Promise<CodePiece[] | undefined> {
  const language = fence.toLowerCase();
  const load = LANGUAGES.get(language);
  if (!load || code.length > MOST_CHARACTERS) return undefined;
  if (!hljs.getLanguage(language)) hljs.registerLanguage(language, await load());
  const { _emitter: emitter } = hljs.highlight(code, { language, ignoreIllegals: true });
  return emitter instanceof Pieces ? emitter.pieces : undefined;
}

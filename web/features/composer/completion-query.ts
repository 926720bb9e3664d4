import { isInFence } from '../../../protocol/markdown/blocks.ts';
import { before, isUnspaced, startsWord } from '../../../protocol/markdown/characters.ts';
import { parse, texts } from '../../../protocol/markdown/parse.ts';
import { mayNameAfter } from '../conversation/mention-text.ts';

/** The name that the user is typing, and its range in the field: from its mark to the caret. */
export interface CompletionQuery {
  kind: 'person' | 'emoji';
  /** The text after the mark. */
  text: string;
  from: number;
  to: number;
}

/** A name has at most two words here: with more, every sentence after a mention would be a query. */
const PERSON = /@((?:[^\s@:`]{1,40} )?[^\s@:`]{1,40}|)$/u;
/** At least two letters, so that `:)` and times like `10:30` are no queries. */
const EMOJI = /:([a-z0-9_+-]{2,40})$/iu;
/** An emoji may follow another one, which ends with a selector or a skin tone, and an opening bracket. */
const END_OF_EMOJI = /[\p{Emoji_Component}\p{Ps}]/u;
const LINK_TARGET = /\]\([^\s)]*$/;

/** The name before the caret that can be completed; undefined without one, in code and in addresses. */
export function completionQuery(text: string, caret: number): CompletionQuery | undefined {
  const typed = text.slice(0, caret);
  const line = typed.slice(typed.lastIndexOf('\n') + 1);
  for (const [kind, pattern, mayFollow] of [
    ['person', PERSON, mayNameAfter],
    ['emoji', EMOJI, mayBeEmojiAfter],
  ] as const) {
    const name = pattern.exec(line)?.[1];
    if (name === undefined) continue;
    const from = caret - name.length - 1;
    if (mayFollow(beforeMarks(text, from)) && isProse(text, from, caret))
      return { kind, text: name, from, to: caret };
  }
  return undefined;
}

/** The character before the marks of emphasis that end at `at`: `_@Ada_` mentions Ada, `snake_@case` nobody. */
function beforeMarks(text: string, at: number): string {
  const marks = /(?<=^|[^\p{L}\p{N}])[*_~]+$/u.exec(text.slice(0, at))?.[0].length ?? 0;
  return before(text, at - marks);
}

function mayBeEmojiAfter(previous: string): boolean {
  if (previous === ':') return false;
  const isEmoji = END_OF_EMOJI.test(previous) && !/[\d#*]/.test(previous);
  return startsWord(previous) || isUnspaced(previous) || isEmoji;
}

/** Whether a mark at `from` is text, and neither in code nor in an address, even if their ends are not yet typed. */
function isProse(text: string, from: number, caret: number): boolean {
  const typed = text.slice(0, caret);
  if (isInFence(typed) || LINK_TARGET.test(typed)) return false;
  const line = typed.slice(typed.lastIndexOf('\n') + 1);
  const runs = new Set(line.match(/`+/g));
  return [text, ...[...runs].map((run) => typed + run)].every((content) =>
    texts(parse(content)).some(
      (part) => part.type === 'text' && part.at <= from && from < part.at + part.text.length,
    ),
  );
}

import { after, before, isWord } from '../../../protocol/markdown/characters.ts';
import { parse, texts } from '../../../protocol/markdown/parse.ts';
import { EVERYONE, mentionOf } from '../../../protocol/mentions.ts';
import type { User } from '../../../protocol/models.ts';

/** Names of emoji, one after the other: `:tada:`, `:+1::tada:`. */
const EMOJI_NAMES = /(?::[a-z0-9_+-]{1,60}:)+/gi;

/** The person whom `@name` in a field means. */
export interface Named {
  name: string;
  userId: string;
}

/**
 * The content that a field's text is sent as: `@here`, `@all` and `@Name` of the people in `named` (the first of a name
 * wins) become mentions, and `:name:` the emoji that `emojiNamed` knows. Code and addresses stay as typed.
 */
export function contentOf(
  text: string,
  named: readonly Named[],
  emojiNamed: (name: string) => string | undefined = () => undefined,
): string {
  const ids = new Map([...EVERYONE].map((name) => [name, name]));
  for (const { name, userId } of named) if (!ids.has(name)) ids.set(name, userId);
  // Exactly typed names first, so that two people whose names differ by case are still two.
  for (const [name, id] of [...ids]) {
    const lower = name.toLowerCase();
    if (!ids.has(lower)) ids.set(lower, id);
  }
  // The longest first: "@Ada Lovelace" names her, and not an Ada.
  const names = [...ids.keys()].sort((a, b) => b.length - a.length).map((name) => escaped(name));
  const at = new RegExp(`@(${names.join('|')})`, 'giu');
  return replaced(text, (part) => {
    if (part.type !== 'text') return undefined;
    const mentioning = part.text.replaceAll(at, (typed: string, name: string, start: number) => {
      const isName = standsAlone(part.text, start, start + typed.length);
      return isName ? mentionOf(ids.get(name) ?? ids.get(name.toLowerCase()) ?? name) : typed;
    });
    return mentioning.replaceAll(EMOJI_NAMES, (typed: string, start: number, whole: string) => {
      // `std::map:` and `10:30:00` name none.
      const [previous, next] = [before(whole, start), after(whole, start + typed.length)];
      if (isWord(previous) || isWord(next) || /[:\\/]/.test(previous + next)) return typed;
      return typed.replaceAll(/:([^:]+):/g, (one, name: string) => emojiNamed(name) ?? one);
    });
  });
}

/** Whether `@` after this character may begin a name. A backslash says that it does not. */
export function mayNameAfter(previous: string): boolean {
  return !isWord(previous) && !/[<@\\]/.test(previous);
}

/** Whether `@name` is no part of a longer word: of an address (`@all-contributors/cli`, `ada@here.example`) or a name. */
function standsAlone(text: string, start: number, end: number): boolean {
  if (!mayNameAfter(before(text, start))) return false;
  return !isWord(after(text, end)) && !/^[-./@]\w/.test(text.slice(end, end + 2));
}

/** Content with some of its text and its mentions replaced; code, links and addresses stay as they are. */
export function replaced(
  content: string,
  replacement: (part: ReturnType<typeof texts>[number]) => string | undefined,
): string {
  if (!/[@:]/.test(content)) return content;
  let result = '';
  let end = 0;
  for (const part of texts(parse(content))) {
    const length = (part.type === 'text' ? part.text : mentionOf(part.userId)).length;
    const typed = content.slice(part.at, part.at + length);
    result += content.slice(end, part.at) + (replacement(part) ?? typed);
    end = part.at + length;
  }
  return result + content.slice(end);
}

/** The names that mean these people when typed in full: all handles, and each name that only one of them has. */
export function namedBy(people: readonly User[]): Named[] {
  const times = new Map<string, number>();
  for (const { name } of people) times.set(name, (times.get(name) ?? 0) + 1);
  return people.flatMap(({ id, name, handle }) => [
    ...(times.get(name) === 1 ? [{ name, userId: id }] : []),
    { name: handle, userId: id },
  ]);
}

function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

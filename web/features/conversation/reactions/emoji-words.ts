import * as z from 'zod/mini';

const Words = z.array(z.tuple([z.string(), z.array(z.string()), z.string(), z.array(z.string())]));

/** The file of the words, which the build puts beside the page (scripts/steps/emoji-files.ts). */
const ADDRESS = '/assets/emoji/words.json';

/** An emoji and what people call it. */
export interface EmojiWords {
  emoji: string;
  /** The names between colons, at least one: `+1`, `thumbsup`. */
  names: readonly string[];
  /** "thumbs up" */
  title: string;
  tags: readonly string[];
}

let loading: Promise<readonly EmojiWords[]> | undefined;
let byName: ReadonlyMap<string, string> | undefined;

/** All emoji with their words; none if they cannot be loaded, and then the next call tries again. */
export function loadEmojiWords(): Promise<readonly EmojiWords[]> {
  loading ??= load();
  return loading;
}

/** The emoji with this name between colons, if the words are loaded. */
export function emojiNamed(name: string): string | undefined {
  return byName?.get(name.toLowerCase());
}

async function load(): Promise<readonly EmojiWords[]> {
  try {
    const response = await fetch(ADDRESS);
    const parsed = Words.parse(await response.json());
    const words = parsed.map(([emoji, names, title, tags]) => ({ emoji, names, title, tags }));
    byName = new Map(words.flatMap(({ emoji, names }) => names.map((name) => [name, emoji])));
    return words;
  } catch {
    loading = undefined;
    return [];
  }
}

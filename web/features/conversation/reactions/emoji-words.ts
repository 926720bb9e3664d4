import * as z from 'zod/mini';

const Words = z.array(
  z.object({
    emoji: z.string(),
    /** The names between colons, at least one: `+1`, `thumbsup`. */
    names: z.array(z.string()),
    /** "thumbs up" */
    title: z.string(),
    tags: z.array(z.string()),
  }),
);

/** The file of the words, which the build puts beside the page (scripts/steps/emoji-files.ts). */
const ADDRESS = '/assets/emoji/words.json';

/** An emoji and what people call it. */
export type EmojiWords = z.infer<typeof Words>[number];

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
    const words = Words.parse(await response.json());
    byName = new Map(words.flatMap(({ emoji, names }) => names.map((name) => [name, emoji])));
    return words;
  } catch {
    loading = undefined;
    return [];
  }
}

import type { EmojiWords } from './emoji-words.ts';

/**
 * The emoji that people use most in chats, the most frequent first, with words that mean them before any other: they decide
 * between emoji that fit equally well.
 */
const USED_MOST: readonly (readonly [emoji: string, ...words: string[]])[] = [
  ['👍', 'thumbs', 'yes', 'like'],
  ['❤️', 'love'],
  ['😂', 'lol', 'haha'],
  ['🎉', 'party', 'congratulations', 'congrats'],
  ['👀', 'look'],
  ['✅', 'check', 'done'],
  ['🙏', 'please', 'thanks'],
  ['🔥', 'lit'],
  ['🚀', 'launch', 'ship_it'],
  ['👎', 'no', 'dislike'],
  ['😊'],
  ['😄', 'happy'],
  ['😭', 'sob'],
  ['😢', 'sad'],
  ['🤔', 'think', 'hmm'],
  ['👏', 'applause'],
  ['👌', 'ok', 'okay'],
  ['🙌', 'hooray'],
  ['😅', 'phew'],
  ['👋', 'hi', 'hello', 'bye'],
  ['💯'],
  ['😍'],
  ['🤣', 'rofl'],
  ['😎', 'cool'],
  ['💪', 'strong'],
  ['❌', 'wrong'],
  ['⚠️'],
  ['⭐'],
  ['💔'],
  ['☕', 'coffee'],
  ['🐛', 'bug'],
  ['✨'],
];
const USE = new Map(USED_MOST.map(([emoji, ...words], index) => [emoji, { index, words }]));

/** How well a word fits what was typed; lower is better. */
const WHOLE_NAME = 0;
const WHOLE_WORD = 1;
const TAG = 2;
const PREFIX = 3;
const PREFIX_OF_WORD = 4;
const PREFIX_OF_TAG = 5;

/** An emoji that fits, with the name by which it does. */
export interface RankedEmoji {
  words: EmojiWords;
  name: string;
}

/**
 * The emoji that `typed` may mean, the likeliest first: a whole name, a whole word of one, a tag, then their beginnings; of
 * equals the ones that people use most, then the shortest name.
 */
export function rankEmoji(typed: string, all: readonly EmojiWords[]): RankedEmoji[] {
  const wanted = plain(typed);
  if (wanted === '') return [];
  const found = all.flatMap((words) => {
    const fit = fitOf(words, wanted);
    return fit ? [{ words, ...fit, use: USE.get(words.emoji)?.index ?? USE.size }] : [];
  });
  return found.sort((a, b) => a.rank - b.rank || a.use - b.use || a.name.length - b.name.length);
}

function fitOf(
  { emoji, names, title, tags }: EmojiWords,
  wanted: string,
): { rank: number; name: string } | undefined {
  const [first = title] = names;
  const meant = USE.get(emoji)?.words ?? [];
  let best: { rank: number; name: string } | undefined;
  const offer = (rank: number | undefined, name: string) => {
    if (rank !== undefined && (!best || rank < best.rank)) best = { rank, name };
  };
  for (const name of names) offer(rankOf(plain(name), wanted), name);
  offer(rankOf(plain(title), wanted), first);
  for (const word of meant) offer(plain(word) === wanted ? WHOLE_NAME : undefined, first);
  for (const tag of tags) {
    const word = plain(tag);
    offer(word === wanted ? TAG : word.startsWith(wanted) ? PREFIX_OF_TAG : undefined, first);
  }
  return best;
}

function rankOf(name: string, wanted: string): number | undefined {
  if (name === wanted) return WHOLE_NAME;
  if (` ${name} `.includes(` ${wanted} `)) return WHOLE_WORD;
  if (name.startsWith(wanted)) return PREFIX;
  return name.includes(` ${wanted}`) ? PREFIX_OF_WORD : undefined;
}

/** Words with one space between them, as a title and a name have them: "check mark", `check_mark`; `-1` stays. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_:]+|\b-\b/g, ' ')
    .trim();
}

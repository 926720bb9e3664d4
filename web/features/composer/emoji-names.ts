import * as z from 'zod/mini';
import { named } from '../../../protocol/named.ts';

/** The file of names and their emoji, which the build puts beside the page. */
const EmojiNames = named(z.string());
export type EmojiName = [name: string, emoji: string];

const ADDRESS = '/assets/emoji/names.json';
const MOST = 8;

let names: Promise<readonly EmojiName[]> | undefined;

/** Emoji whose name begins with `typed`, then those with a word that does; none if the names cannot be loaded. */
export async function findEmoji(typed: string): Promise<EmojiName[]> {
  names ??= load();
  const all = await names;
  const wanted = typed.toLowerCase();
  const byName = all.filter(([name]) => name.startsWith(wanted));
  const byWord = all.filter(([name]) => !name.startsWith(wanted) && name.includes(`_${wanted}`));
  // The shortest name is the likeliest: "heart" before "heart_decoration".
  return [...byName.sort(byLength), ...byWord.sort(byLength)].slice(0, MOST);
}

async function load(): Promise<readonly EmojiName[]> {
  try {
    const response = await fetch(ADDRESS);
    return Object.entries(EmojiNames.parse(await response.json()));
  } catch {
    names = undefined;
    return [];
  }
}

function byLength([a]: EmojiName, [b]: EmojiName): number {
  return a.length - b.length || a.localeCompare(b);
}

import data from 'emojibase-data/en/data.json' with { type: 'json' };
import messages from 'emojibase-data/en/messages.json' with { type: 'json' };
import githubNames from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' };
import type { EmojiWords } from '../../web/features/conversation/reactions/emoji-words.ts';

const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/** The emoji that people can choose, by their names. Letters of flags and skin tones are parts of others. */
export function emojiWords(): EmojiWords[] {
  const named = new Map<string, string | string[]>(Object.entries(githubNames));
  const parts = messages.groups.find(({ key }) => key === 'component')?.order;
  return data
    .filter(({ group }) => group !== undefined && group !== parts)
    .map(({ hexcode, emoji, label, tags = [] }) => {
      const words = label.toLowerCase().split(/[^a-z0-9]+/);
      const names = [named.get(hexcode) ?? words.join('_')].flat();
      const known = new Set([...words, ...names.flatMap((name) => [name, ...name.split('_')])]);
      const others = tags.filter((tag) => !known.has(tag));
      return { emoji: interchanged(emoji), names, title: label, tags: others };
    });
}

/** The data of the picker's library, with every emoji as it is interchanged. */
export function pickerData(): typeof data {
  return data.map((it) => ({ ...it, emoji: interchanged(it.emoji) }));
}

/**
 * An emoji as Unicode recommends it for interchange. The data adds a variation selector (U+FE0F) where none belongs: 👍 with
 * it is another string, which the server refuses as a reaction.
 */
function interchanged(emoji: string): string {
  const bare = emoji.replaceAll('\ufe0f', '');
  return !ONE_EMOJI.test(emoji) && ONE_EMOJI.test(bare) ? bare : emoji;
}

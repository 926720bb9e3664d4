import { defaultEmojiDataResolver, type EmojiDetails, type SkinTone } from 'frimousse';
import { useEffect, useMemo, useState } from 'react';
import { type EmojiWords, loadEmojiWords } from './emoji-words.ts';
import { rankEmoji } from './rank-emoji.ts';

/** The path where the build puts the data of all emoji, so that no foreign server is asked. */
export const EMOJI_URL = '/assets/emoji';

/** The emoji in a row of the picker. */
export const COLUMNS = 8;
/** The most emoji that a search shows: later ones fit too badly to be meant. */
const MOST = 6 * COLUMNS;

/** The emoji that a search finds, and the one that Enter picks. */
export interface FoundEmojiList {
  state: 'loading' | 'loaded' | 'failed';
  emoji: readonly { emoji: string; label: string }[];
  index: number;
  active: { emoji: string } | undefined;
  point(index: number): void;
  /** Handles a key of the search field; false for any other key. */
  onKey(key: string, onPick: (emoji: string) => void): boolean;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

/** The emoji that `typed` may mean, the likeliest first, in the user's skin tone; none for no text. */
export function useFoundEmoji(typed: string, tone: SkinTone): FoundEmojiList {
  const known = useKnownEmoji();
  const emoji = useMemo(() => {
    if (typeof known === 'string') return [];
    const ranked = rankEmoji(typed, known.words).slice(0, MOST);
    return ranked.flatMap(({ words }) => known.details.get(words.emoji) ?? []).map(toned(tone));
  }, [known, typed, tone]);
  const [pointed, setPointed] = useState({ typed, index: 0 });
  // A changed text starts at the first one again.
  const index = pointed.typed === typed ? Math.min(pointed.index, emoji.length - 1) : 0;
  const active = emoji[index];
  return {
    state: typeof known === 'string' ? known : 'loaded',
    emoji,
    index,
    active,
    point: (at) => setPointed({ typed, index: at }),
    onKey(key, onPick) {
      if (!active) return false;
      const next = index + (STEPS[key] ?? 0);
      if (key === 'Enter') onPick(active.emoji);
      else if (next === index) return false;
      else if (emoji[next]) setPointed({ typed, index: next });
      return true;
    },
  };
}

/** The emoji that this browser can show, with their words. */
interface KnownEmoji {
  words: readonly EmojiWords[];
  details: ReadonlyMap<string, EmojiDetails>;
}

function useKnownEmoji(): KnownEmoji | 'loading' | 'failed' {
  const [known, setKnown] = useState<KnownEmoji | 'loading' | 'failed'>('loading');
  useEffect(() => {
    let isShown = true;
    const fail = (error: unknown) => {
      console.warn('The emoji could not be loaded:', error);
      if (isShown) setKnown('failed');
    };
    const data = defaultEmojiDataResolver('en', { emojibaseUrl: EMOJI_URL });
    Promise.all([loadEmojiWords(), data]).then(([words, { emojis }]) => {
      if (words.length === 0) return fail('They have no words.');
      const details = new Map(emojis.map((it) => [it.emoji, it]));
      if (isShown) setKnown({ words, details });
    }, fail);
    return () => {
      isShown = false;
    };
  }, []);
  return known;
}

function toned(tone: SkinTone): (it: EmojiDetails) => { emoji: string; label: string } {
  return ({ emoji, label, skins }) => {
    return { emoji: (tone === 'none' ? undefined : skins?.[tone]) ?? emoji, label };
  };
}

import { expect, test } from 'vitest';
import { emojiWords, pickerData } from '../../../scripts/steps/emoji-files.ts';
import { rankEmoji } from '../../../web/features/conversation/reactions/rank-emoji.ts';

const ALL = emojiWords();

test.each([
  ['thumbs', '👍'],
  ['thumbsd', '👎'],
  ['thu', '👍'],
  ['+1', '👍'],
  ['-1', '👎'],
  ['yes', '👍'],
  ['rocket', '🚀'],
  ['fire', '🔥'],
  ['ok', '👌'],
  ['check', '✅'],
  ['heart', '❤️'],
  ['broken', '💔'],
  ['tada', '🎉'],
  ['tad', '🎉'],
  ['party', '🎉'],
  ['party popper', '🎉'],
  ['red_apple', '🍎'],
  ['eyes', '👀'],
  ['joy', '😂'],
  ['lol', '😂'],
  ['laugh', '😂'],
  ['smile', '😄'],
  ['sad', '😢'],
  ['cry', '😢'],
  ['think', '🤔'],
  ['clap', '👏'],
  ['wave', '👋'],
  ['pray', '🙏'],
  ['thanks', '🙏'],
  ['100', '💯'],
  ['bug', '🐛'],
  ['star', '⭐'],
  ['coffee', '☕'],
  ['warning', '⚠️'],
  ['x', '❌'],
  ['sun', '☀️'],
  ['hand', '✋'],
  ['germany', '🇩🇪'],
  ['pizza', '🍕'],
  ['dog', '🐶'],
  ['cat', '🐱'],
])('%s gives %s first', (typed, emoji) => {
  expect(rankEmoji(typed, ALL)[0]?.words.emoji).toBe(emoji);
});

test('every emoji is one that Unicode recommends for interchange', () => {
  const odd = ALL.filter(({ emoji }) => !/^\p{RGI_Emoji}$/v.test(emoji));
  expect(odd).toEqual([]);
  expect(ALL.flatMap(({ names }) => names).length).toBeGreaterThan(1_900);
  expect(ALL.find(({ names }) => names.includes('+1'))?.emoji).toBe('\u{1f44d}');
  // Parts of emoji are no emoji, and the picker hides them.
  const shown = pickerData().filter(({ group }) => group !== undefined);
  expect(shown.filter(({ emoji }) => !/^\p{RGI_Emoji}$/v.test(emoji))).toEqual([]);
});

test('what fits nothing, or is nothing, gives nothing', () => {
  expect(rankEmoji('', ALL)).toEqual([]);
  expect(rankEmoji(' ', ALL)).toEqual([]);
  expect(rankEmoji('qqq', ALL)).toEqual([]);
});

const ONE_EMOJI = /^\p{RGI_Emoji}$/v;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Above this many, emoji are a pattern and not an expression. */
const MOST = 12;

/**
 * Whether a message is nothing but a few emoji, which are then shown larger. One at a time: a pattern of many can be cut in
 * as many ways as there are skin tones in it, and a row of them before a word would stop the page of everyone who sees it.
 */
export function isEmojiOnly(content: string): boolean {
  if (content.length > MOST * 16) return false;
  const shown = [...graphemes.segment(content)].filter(({ segment }) => segment.trim() !== '');
  if (shown.length === 0 || shown.length > MOST) return false;
  return shown.every(({ segment }) => ONE_EMOJI.test(segment));
}

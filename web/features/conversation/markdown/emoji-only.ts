const EMOJI = /^(?:\p{RGI_Emoji}|\s)+$/v;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Above this many, emoji are a pattern and not an expression. */
const MOST = 12;

/** Whether a message is nothing but a few emoji, which are then shown larger. */
export function isEmojiOnly(content: string): boolean {
  if (content.length > MOST * 16 || !EMOJI.test(content)) return false;
  const shown = [...graphemes.segment(content)].filter(({ segment }) => segment.trim() !== '');
  return shown.length > 0 && shown.length <= MOST;
}

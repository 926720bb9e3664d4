import { memo, useState } from 'react';
import { hasMarkdown, PlainText } from './plain-text.tsx';
import { useRenderer } from './renderer.ts';

/** A message's text. Rendered again only when it changes; a long one starts folded, a few emoji are larger. */
export const Markdown = memo(function Markdown({ content }: { content: string }) {
  const [isOpen, setOpen] = useState(false);
  if (isEmojiOnly(content)) return <p className="text-emoji">{content.trim()}</p>;
  const text = <MarkdownText content={content} />;
  if (!isLong(content)) return text;
  return (
    <div>
      <div className={isOpen ? undefined : 'max-h-[27.5rem] overflow-hidden mask-b-from-85%'}>
        {text}
      </div>
      <button
        aria-expanded={isOpen}
        className="mt-1 min-h-7 rounded-small text-secondary font-medium text-accent-text hover:underline"
        onClick={() => setOpen(!isOpen)}
        type="button"
      >
        {isOpen ? 'Show less' : 'Show more'}
      </button>
    </div>
  );
});

/** Until the renderer is there, the text as it was typed. */
const MarkdownText = memo(function MarkdownText({ content }: { content: string }) {
  const isMarkdown = hasMarkdown(content);
  const render = useRenderer(isMarkdown);
  return (
    <div className="flex flex-col gap-1.5 wrap-anywhere text-default">
      {isMarkdown && render ? render(content) : <PlainText content={content} />}
    </div>
  );
});

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

/** A message folds above so many lines. */
export const FOLDED_LINES = 20;
/** About what fits beside an avatar at the widest; counting instead of measuring keeps the timeline from jumping. */
const CHARACTERS_A_LINE = 100;

/** Whether a text is longer than a folded message shows. */
export function isLong(content: string): boolean {
  let lines = 0;
  for (const line of content.split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / CHARACTERS_A_LINE));
    if (lines > FOLDED_LINES) return true;
  }
  return false;
}

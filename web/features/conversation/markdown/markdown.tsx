import { memo, type ReactNode, useState } from 'react';
import { parse } from '../../../../protocol/markdown/parse.ts';
import { blocks, withEnd } from './blocks.tsx';

/**
 * The text of a message, with `end` behind its last word. It renders again only when these change; a long text starts folded,
 * and a few emoji are larger.
 */
export const Markdown = memo(function Markdown({ content, end }: MarkdownProps) {
  const [isOpen, setOpen] = useState(false);
  if (isEmojiOnly(content)) {
    return <p className="text-emoji">{withEnd(content.trim(), end)}</p>;
  }
  const text = <MarkdownText content={content} end={end} />;
  if (!isLong(content)) return text;
  return (
    <div>
      <div className={isOpen ? undefined : 'max-h-[27.5rem] overflow-hidden mask-b-from-85%'}>
        {text}
      </div>
      <button
        aria-expanded={isOpen}
        className="mt-1 min-h-7 select-none rounded-small text-secondary font-medium text-accent-text hover:underline"
        onClick={() => setOpen(!isOpen)}
        type="button"
      >
        {isOpen ? 'Show less' : 'Show more'}
      </button>
    </div>
  );
});

interface MarkdownProps {
  content: string;
  end?: ReactNode;
}

const MarkdownText = memo(function MarkdownText({ content, end }: MarkdownProps) {
  return (
    <div className="flex flex-col gap-1 overflow-y-clip wrap-anywhere text-default [overflow-clip-margin:4px]">
      {blocks(parse(content), end)}
    </div>
  );
});

const ONE_EMOJI = /^\p{RGI_Emoji}$/v;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A message with more emoji is shown in normal size. */
const MOST = 12;

/**
 * Whether a message consists of a few emoji, which are shown larger. It matches one emoji at a time: a pattern of many
 * backtracks over every skin tone, and a row of emoji before a word would block the page of every reader.
 */
export function isEmojiOnly(content: string): boolean {
  if (content.length > MOST * 16) return false;
  const shown = [...graphemes.segment(content)].filter(({ segment }) => segment.trim() !== '');
  if (shown.length === 0 || shown.length > MOST) return false;
  // Older messages hold emoji with a variation selector where none belongs.
  return shown.every(({ segment }) =>
    [segment, segment.replaceAll('\ufe0f', '')].some((it) => ONE_EMOJI.test(it)),
  );
}

/** A message with more lines is folded. */
const FOLDED_LINES = 20;
/** About the width of a line at its widest. The timeline counts instead of measuring, so that it does not jump. */
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

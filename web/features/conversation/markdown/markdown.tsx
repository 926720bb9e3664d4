import { memo, useState } from 'react';
import { parse } from '../../../../protocol/markdown/parse.ts';
import { blocks } from './blocks.tsx';
import { isEmojiOnly } from './emoji-only.ts';
import { isLong } from './is-long.ts';

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

const MarkdownText = memo(function MarkdownText({ content }: { content: string }) {
  return (
    <div className="flex flex-col gap-1.5 overflow-y-clip wrap-anywhere text-default [overflow-clip-margin:4px]">
      {blocks(parse(content))}
    </div>
  );
});

import { EmojiPicker as Picker } from 'frimousse';
import { useId, useRef, useState } from 'react';
import { isComposing } from '../../../ui/is-composing.ts';
import { EmojiCategories } from './emoji-categories.tsx';
import { EMOJI_BUTTON, FoundEmoji } from './found-emoji.tsx';
import { useRecentEmoji } from './recent-emoji.ts';
import { useStoredSkinTone } from './skin-tone.ts';
import { COLUMNS, EMOJI_URL, useFoundEmoji } from './use-found-emoji.ts';

/** All emoji by category, with a search, the user's recent ones and their skin tone. */
export function EmojiPicker({
  me,
  onPick,
  verb = 'React with',
}: {
  me: string;
  onPick: (emoji: string) => void;
  /** What picking an emoji does, before its name. */
  verb?: string;
}) {
  const recent = useRecentEmoji(me);
  const [tone, setTone] = useStoredSkinTone(me);
  const [typed, setTyped] = useState('');
  const found = useFoundEmoji(typed, tone);
  const viewport = useRef<HTMLDivElement>(null);
  const id = useId();

  return (
    <Picker.Root
      className="flex h-96 w-[19rem] max-w-[calc(100vw-1rem)] flex-col"
      columns={COLUMNS}
      emojibaseUrl={EMOJI_URL}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      skinTone={tone}
    >
      <div className="mx-2 mt-2 flex gap-1">
        <Picker.Search
          aria-activedescendant={found.active && `${id}-${found.index}`}
          aria-controls={id}
          aria-label="Search emoji"
          className="min-w-0 flex-1 rounded-small bg-canvas px-2.5 py-1.5 text-body text-strong outline-1 -outline-offset-1 outline-outline placeholder:text-muted focus:outline-2 focus:outline-accent-text"
          onChange={(event) => {
            // The library would search too, but keeps what it finds in the order of its categories.
            event.preventDefault();
            setTyped(event.target.value);
          }}
          onKeyDown={(event) => {
            // The library listens on the document and would pick from its own list, which a search hides.
            if (isComposing(event)) return event.stopPropagation();
            const isHidden = event.key === 'Enter' && typed.trim() !== '';
            if (found.onKey(event.key, onPick) || isHidden) event.preventDefault();
          }}
          placeholder="Search"
        />
        <Picker.SkinTone emoji="✋">
          {({ skinToneVariations: tones }) => {
            const at = tones.findIndex(({ skinTone }) => skinTone === tone);
            const next = tones[(at + 1) % tones.length];
            return (
              <button
                aria-label={`Skin tone: ${tone === 'none' ? 'default' : tone}. Change it`}
                className={EMOJI_BUTTON}
                onClick={() => next && setTone(next.skinTone)}
                title="Skin tone"
                type="button"
              >
                {tones[at]?.emoji ?? '✋'}
              </button>
            );
          }}
        </Picker.SkinTone>
      </div>
      <fieldset className="mx-2 mt-1.5 flex gap-0.5 border-b border-line pb-1.5">
        <legend className="sr-only">Used lately</legend>
        {recent.map((emoji) => (
          <button
            aria-label={`${verb} ${emoji}`}
            className={EMOJI_BUTTON}
            key={emoji}
            onClick={() => onPick(emoji)}
            type="button"
          >
            {emoji}
          </button>
        ))}
      </fieldset>
      {typed.trim() === '' ? (
        <>
          <Picker.Viewport className="relative flex-1 outline-none" ref={viewport}>
            <Picker.Loading className="absolute inset-0 grid place-items-center text-secondary text-muted">
              Loading emoji…
            </Picker.Loading>
            <Picker.List className="pb-1 select-none" components={{ CategoryHeader, Row, Emoji }} />
          </Picker.Viewport>
          <EmojiCategories viewport={viewport} />
        </>
      ) : (
        <FoundEmoji found={found} id={id} onPick={onPick} />
      )}
    </Picker.Root>
  );
}

function CategoryHeader({
  category,
  ...props
}: React.ComponentProps<'div'> & { category: { label: string } }) {
  return (
    <div
      {...props}
      className="bg-overlay px-3 pt-2 pb-1 text-meta font-medium text-muted"
      data-category={category.label}
    >
      {category.label}
    </div>
  );
}

/** ARIA counts rows from 1, the picker from 0 and finds its rows by that number: only the invalid 0 is removed. */
function Row({ children, 'aria-rowindex': index, ...props }: React.ComponentProps<'div'>) {
  return (
    <div {...props} {...(index !== 0 && { 'aria-rowindex': index })} className="scroll-my-1 px-2">
      {children}
    </div>
  );
}

function Emoji({
  emoji,
  'aria-colindex': index = 0,
  ...props
}: React.ComponentProps<'button'> & { emoji: { emoji: string; label: string } }) {
  return (
    <button {...props} {...{ 'aria-colindex': index + 1 }} className={EMOJI_BUTTON} type="button">
      {emoji.emoji}
    </button>
  );
}

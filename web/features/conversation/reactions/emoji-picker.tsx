import { EmojiPicker as Picker } from 'frimousse';
import { useRecentEmoji } from './recent-emoji.ts';

/** The path where the build puts the data of all emoji, so that no foreign server is asked. */
const EMOJI_URL = '/assets/emoji';
const COLUMNS = 8;

/** All emoji, with a search and the user's recent ones above them. */
export function EmojiPicker({ me, onPick }: { me: string; onPick: (emoji: string) => void }) {
  const recent = useRecentEmoji(me);
  return (
    <Picker.Root
      className="flex h-88 w-[19rem] max-w-[calc(100vw-1rem)] flex-col"
      columns={COLUMNS}
      emojibaseUrl={EMOJI_URL}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <Picker.Search
        aria-label="Search emoji"
        className="mx-2 mt-2 rounded-small bg-canvas px-2.5 py-1.5 text-body text-strong outline-1 -outline-offset-1 outline-outline placeholder:text-muted focus:outline-2 focus:outline-accent-text"
        placeholder="Search"
      />
      <fieldset className="mx-2 mt-1.5 flex gap-0.5 border-b border-line pb-1.5">
        <legend className="sr-only">Used lately</legend>
        {recent.map((emoji) => (
          <button
            aria-label={`React with ${emoji}`}
            className="grid size-9 place-items-center rounded-small text-title hover:bg-hover"
            key={emoji}
            onClick={() => onPick(emoji)}
            type="button"
          >
            {emoji}
          </button>
        ))}
      </fieldset>
      <Picker.Viewport className="relative flex-1 outline-none">
        <Picker.Loading className="absolute inset-0 grid place-items-center text-secondary text-muted">
          Loading emoji…
        </Picker.Loading>
        <Picker.Empty className="absolute inset-0 grid place-items-center text-secondary text-muted">
          No emoji found.
        </Picker.Empty>
        <Picker.List className="pb-1 select-none" components={{ CategoryHeader, Row, Emoji }} />
      </Picker.Viewport>
    </Picker.Root>
  );
}

function CategoryHeader({
  category,
  ...props
}: React.ComponentProps<'div'> & { category: { label: string } }) {
  return (
    <div {...props} className="bg-overlay px-3 pt-2 pb-1 text-meta font-medium text-muted">
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
    <button
      {...props}
      {...{ 'aria-colindex': index + 1 }}
      className="grid size-9 place-items-center rounded-small text-title data-[active]:bg-hover"
      type="button"
    >
      {emoji.emoji}
    </button>
  );
}

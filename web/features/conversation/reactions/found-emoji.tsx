import { COLUMNS, type FoundEmojiList } from './use-found-emoji.ts';

/** The look of an emoji in the picker, marked while the keys would pick it. */
export const EMOJI_BUTTON =
  'grid size-9 shrink-0 place-items-center rounded-small text-title hover:bg-hover data-[active]:bg-hover';

/** The roles that the library gives its list. A table would be read as data, cell by cell. */
const GRID = { role: 'grid', 'aria-label': 'Found emoji' };
const ROW = { role: 'row' };
const cell = (isActive: boolean) => ({
  role: 'gridcell',
  'aria-selected': isActive,
  ...(isActive && { 'data-active': '' }),
});

/** What the place of the emoji says while there are none. */
const EMPTY: Record<FoundEmojiList['state'], string> = {
  loading: 'Loading emoji…',
  loaded: 'No emoji found.',
  failed: 'The emoji could not be loaded. Check your connection.',
};

/** The emoji that a search finds, as a grid with the likeliest first. The focus stays in the search field. */
export function FoundEmoji({
  found,
  id,
  onPick,
}: {
  found: FoundEmojiList;
  /** The id of the grid, and the beginning of those of its cells. */
  id: string;
  onPick: (emoji: string) => void;
}) {
  if (found.emoji.length === 0) {
    return (
      <p
        className="grid flex-1 place-items-center px-4 text-center text-secondary text-muted"
        role="status"
      >
        {EMPTY[found.state]}
      </p>
    );
  }
  const rows = Array.from({ length: Math.ceil(found.emoji.length / COLUMNS) }, (_, row) =>
    found.emoji.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
  return (
    <div className="flex-1 overflow-y-auto px-2 py-1.5 select-none">
      <div id={id} {...GRID}>
        {rows.map((row, at) => (
          <div className="flex" key={row[0]?.emoji} {...ROW}>
            {row.map(({ emoji, label }, column) => {
              const index = at * COLUMNS + column;
              return (
                <button
                  aria-label={label}
                  className={EMOJI_BUTTON}
                  id={`${id}-${index}`}
                  key={emoji}
                  onClick={() => onPick(emoji)}
                  onPointerMove={() => found.point(index)}
                  tabIndex={-1}
                  type="button"
                  {...cell(index === found.index)}
                >
                  {emoji}
                </button>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

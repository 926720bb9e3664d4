import {
  Car,
  Coffee,
  Flag,
  Hand,
  Lightbulb,
  type LucideIcon,
  PawPrint,
  Shapes,
  Smile,
  Trophy,
} from 'lucide-react';
import type { RefObject } from 'react';

/** The categories of the emoji data, in its order and with its names. */
const CATEGORIES: readonly (readonly [label: string, icon: LucideIcon])[] = [
  ['Smileys & emotion', Smile],
  ['People & body', Hand],
  ['Animals & nature', PawPrint],
  ['Food & drink', Coffee],
  ['Travel & places', Car],
  ['Activities', Trophy],
  ['Objects', Lightbulb],
  ['Symbols', Shapes],
  ['Flags', Flag],
];

/** Buttons that scroll the list of emoji to a category. */
export function EmojiCategories({ viewport }: { viewport: RefObject<HTMLDivElement | null> }) {
  function scrollTo(label: string): void {
    const header = viewport.current?.querySelector(`[data-category="${CSS.escape(label)}"]`);
    const category = header?.parentElement;
    if (category) viewport.current?.scrollTo({ top: category.offsetTop });
  }
  return (
    <fieldset className="mx-2 flex justify-between border-t border-line py-1">
      <legend className="sr-only">Categories</legend>
      {CATEGORIES.map(([label, Icon]) => (
        <button
          aria-label={label}
          className="grid size-7 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong"
          key={label}
          onClick={() => scrollTo(label)}
          title={label}
          type="button"
        >
          <Icon aria-hidden="true" size={16} />
        </button>
      ))}
    </fieldset>
  );
}

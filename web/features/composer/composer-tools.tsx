import type { RefObject } from 'react';
import { EmojiButton } from './emoji-button.tsx';

/** The buttons of a composer that come after the first frame of its group. */
export function ComposerTools({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  return <EmojiButton field={field} />;
}

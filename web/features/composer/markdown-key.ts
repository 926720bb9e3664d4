import { latinKey } from '../../ui/latin-key.ts';

/** The keys that set a mark together with Ctrl or Cmd. What each does loads with Ctrl or Cmd (`markdown-shortcut.ts`). */
const KEYS = ['b', 'i', 'shift+x', 'e', 'k'] as const;
export type MarkdownKey = (typeof KEYS)[number];

/** The key of a Markdown shortcut; undefined for other keys. */
export function markdownKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): MarkdownKey | undefined {
  if (event.ctrlKey === event.metaKey || event.altKey) return undefined;
  const pressed = `${event.shiftKey ? 'shift+' : ''}${latinKey(event).toLowerCase()}`;
  return KEYS.find((key) => key === pressed);
}

import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';

/** How many are offered without opening the picker. */
const OFFERED = 6;
/** What is offered to who has not used any yet. */
const FIRST = ['👍', '❤️', '😂', '🎉', '👀', '✅'];
const NAME = 'edgewise.recent-emoji';

const listeners = new Set<() => void>();
let recent = read();

/** The six emoji that this person used last, on this machine. */
export function useRecentEmoji(): readonly string[] {
  return useSyncExternalStore(subscribe, () => recent);
}

/** Remembers one that was used, as the latest. */
export function rememberEmoji(emoji: string): void {
  if (recent.includes(emoji)) return;
  recent = [emoji, ...recent].slice(0, OFFERED);
  for (const listener of listeners) listener();
  try {
    localStorage.setItem(NAME, JSON.stringify(recent));
  } catch (error) {
    console.warn('The emoji could not be remembered:', error);
  }
}

function read(): readonly string[] {
  try {
    const stored = z.array(z.string()).parse(JSON.parse(localStorage.getItem(NAME) ?? '[]'));
    return [...new Set([...stored, ...FIRST])].slice(0, OFFERED);
  } catch {
    return FIRST;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

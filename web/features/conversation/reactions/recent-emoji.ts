import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { localName } from '../../../session/local-names.ts';

/** How many are offered without opening the picker. */
const OFFERED = 6;
/** What is offered to who has not used any yet. */
const FIRST = ['👍', '❤️', '😂', '🎉', '👀', '✅'];
const NAME = 'recent-emoji';

const listeners = new Set<() => void>();
/** By user id, as it was read or changed last. */
const recent = new Map<string, readonly string[]>();

/** The six emoji that this person used last, on this machine. */
export function useRecentEmoji(userId: string): readonly string[] {
  return useSyncExternalStore(subscribe, () => recentOf(userId));
}

/** Remembers one that this person used, as the latest. */
export function rememberEmoji(userId: string, emoji: string): void {
  const before = recentOf(userId);
  if (before.includes(emoji)) return;
  const after = [emoji, ...before].slice(0, OFFERED);
  recent.set(userId, after);
  for (const listener of listeners) listener();
  try {
    localStorage.setItem(localName(NAME, userId), JSON.stringify(after));
  } catch (error) {
    console.warn('The emoji could not be remembered:', error);
  }
}

function recentOf(userId: string): readonly string[] {
  const known = recent.get(userId) ?? read(userId);
  recent.set(userId, known);
  return known;
}

function read(userId: string): readonly string[] {
  try {
    const text = localStorage.getItem(localName(NAME, userId)) ?? '[]';
    const stored = z.array(z.string()).parse(JSON.parse(text));
    return [...new Set([...stored, ...FIRST])].slice(0, OFFERED);
  } catch {
    return FIRST;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { localName } from '../../../session/local-names.ts';

/** The number of emoji that are offered without the picker. */
const OFFERED = 6;
/** The emoji that a new user is offered. */
const FIRST = ['👍', '❤️', '😂', '🎉', '👀', '✅'];
const NAME = 'recent-emoji';

const listeners = new Set<() => void>();
/** The cached lists, by user id. */
const recent = new Map<string, readonly string[]>();

/** The six emoji that a user used last on this machine. */
export function useRecentEmoji(userId: string): readonly string[] {
  return useSyncExternalStore(subscribe, () => recentOf(userId));
}

/** Remembers an emoji as the user's latest. */
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

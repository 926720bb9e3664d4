import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';

/** Hours of the day in lists and messages: as the locale has them, 1 to 12, or 0 to 23. */
export const TimeFormat = z.enum(['locale', '12', '24']);
export type TimeFormat = z.infer<typeof TimeFormat>;

/** The user's preferences for writing and reading, stored in this browser. */
const Preferences = z.object({
  /** Enter sends and Shift+Enter breaks the line; if false, the other way round. */
  enterSends: z.boolean(),
  /** Others see when this user types. */
  tellsTyping: z.boolean(),
  timeFormat: TimeFormat,
});
export type Preferences = z.infer<typeof Preferences>;

const USUAL: Preferences = { enterSends: true, tellsTyping: true, timeFormat: 'locale' };

const NAME = 'edgewise.preferences';
const listeners = new Set<() => void>();
let preferences = read();

// A change in another tab.
window.addEventListener('storage', ({ key }) => {
  if (key !== NAME) return;
  preferences = read();
  tell();
});

/** The stored preferences; renders again when they change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, currentPreferences);
}

/** The stored preferences, outside of rendering. */
export function currentPreferences(): Preferences {
  return preferences;
}

/** Changes some preferences, stores them, and notifies every component that reads them. */
export function changePreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  tell();
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences));
  } catch (error) {
    console.warn('The preferences could not be kept:', error);
  }
}

function read(): Preferences {
  try {
    return Preferences.parse({ ...USUAL, ...JSON.parse(localStorage.getItem(NAME) ?? '{}') });
  } catch {
    return USUAL;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

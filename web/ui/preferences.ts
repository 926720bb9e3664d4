import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';

/** How a person likes to write on this machine. */
const Preferences = z.object({
  /** Enter sends and Shift+Enter breaks the line; else the other way round. */
  enterSends: z.boolean(),
  /** Others see when this person types. */
  tellsTyping: z.boolean(),
});
export type Preferences = z.infer<typeof Preferences>;

const USUAL: Preferences = { enterSends: true, tellsTyping: true };

const NAME = 'edgewise.preferences';
const listeners = new Set<() => void>();
let preferences = read();

// Another tab changed them.
window.addEventListener('storage', ({ key }) => {
  if (key !== NAME) return;
  preferences = read();
  tell();
});

/** What this browser keeps, now and whenever it changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => preferences);
}

/** Changes some of them, for every part of the page at once, and keeps them. */
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

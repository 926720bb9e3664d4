import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';

/** What the user chose for notifications in this browser. */
const Choices = z.object({
  /** Notifications are shown, if the browser permits it. */
  isOn: z.boolean(),
  hasSound: z.boolean(),
  /** The page has asked whether to turn them on. */
  wasAsked: z.boolean(),
});
export type Choices = z.infer<typeof Choices>;

const USUAL: Choices = { isOn: true, hasSound: true, wasAsked: false };
const NAME = 'edgewise.notifications';
const listeners = new Set<() => void>();
let choices = read();

// A change in another tab.
window.addEventListener('storage', ({ key }) => {
  if (key !== NAME) return;
  choices = read();
  tell();
});

/** The choices; renders again when they change. */
export function useChoices(): Choices {
  return useSyncExternalStore(subscribe, currentChoices);
}

/** The choices, outside of rendering. */
export function currentChoices(): Choices {
  return choices;
}

/** Changes some choices, and stores them. */
export function changeChoices(change: Partial<Choices>): void {
  choices = { ...choices, ...change };
  tell();
  try {
    localStorage.setItem(NAME, JSON.stringify(choices));
  } catch (error) {
    console.warn('The choice could not be kept:', error);
  }
}

function read(): Choices {
  try {
    return Choices.parse({ ...USUAL, ...JSON.parse(localStorage.getItem(NAME) ?? '{}') });
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

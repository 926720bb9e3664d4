import { useSyncExternalStore } from 'react';
import type * as z from 'zod/mini';

/** Choices that this browser stores as one value, the same in all tabs. */
export interface StoredChoices<T> {
  /** The choices; renders again when they change. */
  use(): T;
  /** The choices, outside of rendering. */
  current(): T;
  /** Changes some choices, stores them, and notifies every component that uses them. */
  change(change: Partial<T>): void;
}

/** Keeps choices under `name` in `localStorage`. What is not stored, or not readable any more, is as in `usual`. */
export function storedChoices<T extends object>(
  name: string,
  schema: z.ZodMiniType<T>,
  usual: NoInfer<T>,
): StoredChoices<T> {
  const listeners = new Set<() => void>();
  let choices = read();

  // A change in another tab.
  window.addEventListener('storage', ({ key }) => {
    if (key === name) put(read());
  });

  function read(): T {
    try {
      return schema.parse({ ...usual, ...JSON.parse(localStorage.getItem(name) ?? '{}') });
    } catch {
      return usual;
    }
  }

  function put(changed: T): void {
    choices = changed;
    for (const listener of listeners) listener();
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  const current = () => choices;
  return {
    use: () => useSyncExternalStore(subscribe, current),
    current,
    change(change) {
      put({ ...choices, ...change });
      try {
        localStorage.setItem(name, JSON.stringify(choices));
      } catch (error) {
        console.warn('The choices could not be kept:', error);
      }
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';

/** The time between two checks. */
const EVERY_MS = 50;

/** Waits until `check` no longer throws; returns its value, or throws its last error after `withinMs`. */
export async function eventually<T>(check: () => Promise<T> | T, withinMs = 15_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await pause(EVERY_MS);
  }
}

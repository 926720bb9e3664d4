import { setTimeout as pause } from 'node:timers/promises';

/** How often it looks again. */
const EVERY_MS = 50;

/** Waits until `check` no longer throws, and gives what it gives; throws its last error after `withinMs`. */
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

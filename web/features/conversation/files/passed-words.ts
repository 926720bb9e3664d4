import { durationWords } from './file-words.ts';

/** How much of a sound has passed: whole seconds, "0:07". */
export function passedWords(ms: number): string {
  return durationWords(Math.floor(ms / 1_000) * 1_000);
}

import * as z from 'zod/mini';
import { storedChoices } from './stored-choices.ts';

/** Hours of the day in lists and messages: as the locale has them, 1 to 12, or 0 to 23. */
export const TimeFormat = z.enum(['locale', '12', '24']);
export type TimeFormat = z.infer<typeof TimeFormat>;

/** The user's preferences for writing and reading. */
const Preferences = z.object({
  /** Enter sends and Shift+Enter breaks the line; if false, the other way round. */
  enterSends: z.boolean(),
  /** Others see when this user types. */
  tellsTyping: z.boolean(),
  timeFormat: TimeFormat,
});

/** The preferences of this browser. */
export const {
  use: usePreferences,
  current: currentPreferences,
  change: changePreferences,
} = storedChoices('edgewise.preferences', Preferences, {
  enterSends: true,
  tellsTyping: true,
  timeFormat: 'locale',
});

import * as z from 'zod/mini';
import { storedChoices } from '../../ui/stored-choices.ts';

/** What the user chose for notifications in this browser. */
const Choices = z.object({
  /** Notifications are shown, if the browser permits it. */
  isOn: z.boolean(),
  hasSound: z.boolean(),
  /** The page has asked whether to turn them on. */
  wasAsked: z.boolean(),
});

/** The choices of this browser. */
export const {
  use: useChoices,
  current: currentChoices,
  change: changeChoices,
} = storedChoices('edgewise.notifications', Choices, {
  isOn: true,
  hasSound: true,
  wasAsked: false,
});

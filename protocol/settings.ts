import * as z from 'zod/mini';
import { DoNotDisturb, QuietSchedule } from './do-not-disturb.ts';

/** What a person has set for their account, for all of their devices: the answer of `GET /api/users/me/settings`. */
export const UserSettings = z.object({ doNotDisturb: DoNotDisturb });
export type UserSettings = z.infer<typeof UserSettings>;

/** The body of `PATCH /api/users/me/settings`. What is left out stays as it is; null ends it. */
export const SettingsChange = z.object({
  doNotDisturb: z.optional(
    z.object({
      until: z.optional(z.nullable(z.int().check(z.nonnegative()))),
      schedule: z.optional(z.nullable(QuietSchedule)),
    }),
  ),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

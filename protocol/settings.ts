import * as z from 'zod/mini';
import { DoNotDisturb, QuietSchedule } from './do-not-disturb.ts';

/** What a person has set for their account, for all of their devices: the answer of `GET /api/users/me/settings`. */
export const UserSettings = z.object({
  doNotDisturb: DoNotDisturb,
  /** Others see what I have read, and I see what they have. Absent, as in settings of earlier versions, it is on. */
  readReceipts: z.optional(z.boolean()),
});
export type UserSettings = z.infer<typeof UserSettings>;

/** The body of `PATCH /api/users/me/settings`. What is left out stays as it is; null ends it. */
export const SettingsChange = z.object({
  doNotDisturb: z.optional(
    z.object({
      until: z.optional(z.nullable(z.int().check(z.nonnegative()))),
      schedule: z.optional(z.nullable(QuietSchedule)),
    }),
  ),
  readReceipts: z.optional(z.boolean()),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

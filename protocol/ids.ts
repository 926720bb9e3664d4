import * as z from 'zod/mini';

/** A UUIDv7 in lower case: the form of every id that we or our clients make (groups, messages). */
export const Uuid7 = z.string().check(
  z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'must be a UUIDv7 in lower case',
  }),
);

export const GroupId = Uuid7;
export const MessageId = Uuid7;

/** A user's id is Clerk's: opaque to us, but never longer or stranger than this. */
export const UserId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be a user id' }));

/** The life of one Room storage: a Room that was loaded from D1 has a new one. */
export const Epoch = z.string().check(z.minLength(1), z.maxLength(64));

/** A Room's counter, or a place in it. */
export const Rev = z.int().check(z.nonnegative());

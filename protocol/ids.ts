import * as z from 'zod/mini';

/** A UUIDv7 in lower case: the form of every id that the server or a client generates. */
export const Uuid7 = z.string().check(
  z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'must be a UUIDv7 in lower case',
  }),
);

/** A UUIDv7, or the UUIDv8 that is derived from the people of a direct group. In lower case. */
export const GroupId = z.string().check(
  z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'must be a UUIDv7 or UUIDv8 in lower case',
  }),
);
export const MessageId = Uuid7;

/** The id of a user. Clerk generates it; this form is all that we rely on. */
export const UserId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be a user id' }));

/**
 * A file's id: base64url of the 16 bytes of its group's id and 16 bytes of a UUIDv7 of its own. So the Room that decides
 * who may fetch a file is known without a lookup (`protocol/file-id.ts`).
 */
export const FileId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{43}$/, { error: 'must be the id of a file' }));

/** Names one life of a Room's storage. A Room that is loaded back from D1 has a new one. */
export const Epoch = z.string().check(z.minLength(1), z.maxLength(64));

/** A value of the Room's counter: a `rev`, or the `seq` of a message. */
export const Rev = z.int().check(z.nonnegative());

import * as z from 'zod/mini';
import { MessageId } from './ids.ts';
import { FileReference, User } from './models.ts';

/** What a list of files can be filtered by. `document` is everything else. */
export const FileKind = z.enum(['image', 'video', 'audio', 'document']);
export type FileKind = z.infer<typeof FileKind>;

/** A file that was sent, with its message; `parentId` is the root if that is a reply. */
export const SentFile = z.object({
  file: FileReference,
  messageId: MessageId,
  seq: z.int(),
  parentId: z.optional(MessageId),
});
export type SentFile = z.infer<typeof SentFile>;

/** The answer to `GET /api/groups/:id/files`: the newest first, and the profiles of those who uploaded them. */
export const FilePage = z.object({
  items: z.array(SentFile),
  users: z.array(User),
  next: z.optional(z.string()),
});
export type FilePage = z.infer<typeof FilePage>;

/** The answer to `GET /api/users/me/storage`, bytes. */
export const Storage = z.object({ used: z.int(), limit: z.int() });
export type Storage = z.infer<typeof Storage>;

/** The answer to `POST /api/files/session`: when the cookie ends, ms UTC. A page asks again before that. */
export const FileSession = z.object({ expiresAt: z.int() });
export type FileSession = z.infer<typeof FileSession>;

import { allOf, withLocalDatabase } from '../cache/local-database.ts';
import type { StoredFile } from '../cache/stored-file.ts';

/** A file that no draft and no message names is deleted after this time, ms: until then its draft may not be stored yet. */
const UNUSED_AFTER_MS = 60_000;

/** Where a chosen file is stored. */
export type FilePlace = Pick<StoredFile, 'userId' | 'groupId' | 'id'>;

/** Reads a chosen file; undefined if it is not stored here, or IndexedDB is refused. */
export function readStoredFile(place: FilePlace): Promise<StoredFile | undefined> {
  return withLocalDatabase((db) => db.get('files', keyOf(place)));
}

/** Reads a chosen file by the id that the server gave it. */
export async function readUploadedFile({ userId, id }: FilePlace): Promise<StoredFile | undefined> {
  const files = await withLocalDatabase((db) => db.getAll('files', allOf(userId)));
  return files?.find(({ reference }) => reference?.id === id);
}

/** Stores a chosen file or what became of it. Never rejects: what is not stored does not survive a reload. */
export async function writeStoredFile(file: StoredFile): Promise<void> {
  await withLocalDatabase((db) => db.put('files', file));
}

/** Deletes a chosen file. */
export async function eraseStoredFile(place: FilePlace): Promise<void> {
  await withLocalDatabase((db) => db.delete('files', keyOf(place)));
}

/** Deletes the files of this user that no draft and no unsent message names any more: they were sent or taken out. */
export async function eraseUnusedFiles(userId: string, now: number): Promise<void> {
  await withLocalDatabase(async (db) => {
    const transaction = db.transaction(['files', 'drafts', 'outbox'], 'readwrite');
    const files = transaction.objectStore('files');
    const drafts = await transaction.objectStore('drafts').getAll(allOf(userId));
    const rows = await transaction.objectStore('outbox').index('group').getAll(allOf(userId));
    const used = new Set(
      [...drafts, ...rows]
        .flatMap((it) => ('files' in it ? (it.files ?? []) : []))
        .map(({ id }) => id),
    );
    for (const file of await files.getAll(allOf(userId))) {
      const isUsed = used.has(file.id) || used.has(file.reference?.id ?? '');
      if (!isUsed && file.createdAt < now - UNUSED_AFTER_MS) await files.delete(keyOf(file));
    }
    await transaction.done;
  });
}

function keyOf({ userId, groupId, id }: FilePlace): [string, string, string] {
  return [userId, groupId, id];
}

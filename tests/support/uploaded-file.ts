import { v7 as uuidv7 } from 'uuid';
import { fileIdOf } from '../../protocol/file-id.ts';
import type { FileReference } from '../../protocol/models.ts';
import { fileKey, keysOf, variantKey } from '../../worker/file-keys.ts';
import type { NewFile } from '../../worker/room/room-rpc.ts';
import type { Edgewise } from './edgewise.ts';
import type { Person } from './person.ts';

/** The bytes of every file here. */
const BYTES = 'not really a picture';

/** A picture that this user has uploaded to a group, as its Room is handed it. */
export function newFile(
  groupId: string,
  userId: string,
  more: Partial<Omit<NewFile, 'userId'>> = {},
): NewFile {
  return {
    id: fileIdOf(groupId, uuidv7()),
    userId,
    name: 'lake.jpg',
    type: 'image/jpeg',
    size: BYTES.length,
    etag: 'an-etag',
    width: 1600,
    height: 1200,
    ...more,
  };
}

/**
 * Leaves what a finished upload leaves: counted bytes in R2 with a variant, and a file in the Room that waits for its message. It
 * writes the rows itself: an object that a test has called by RPC cannot be evicted any more.
 */
export async function uploadFile(
  edgewise: Edgewise,
  { userId }: Pick<Person, 'userId'>,
  groupId: string,
  more: Parameters<typeof newFile>[2] = {},
): Promise<FileReference> {
  const { id, name, type, size, etag, width, height } = newFile(groupId, userId, more);
  const uploadedAt = Date.now();
  await edgewise.files.put(fileKey(id), BYTES);
  await edgewise.files.put(variantKey(id, 320), BYTES);
  await edgewise.inboxSql(userId, `INSERT INTO stored_files VALUES ('${id}', ${size})`);
  const metadata = { width, height };
  await edgewise.roomSql(
    groupId,
    'INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 1, 0)',
    ...[id, userId, name, type, size, etag, uploadedAt, JSON.stringify(metadata)],
  );
  const url = `/api/files/${id}`;
  return { id, name, type, size, url, metadata: { uploadedBy: userId, uploadedAt, ...metadata } };
}

/** The keys of these files that R2 still holds. */
export async function keysInR2(edgewise: Edgewise, files: readonly FileReference[]) {
  const objects = await Promise.all(
    files.flatMap(({ id }) => keysOf(id)).map((key) => edgewise.files.head(key)),
  );
  return objects.flatMap((object) => object?.key ?? []);
}

import { v7 as uuidv7 } from 'uuid';
import { fileIdOf } from '../../protocol/file-id.ts';
import type { FileReference } from '../../protocol/models.ts';
import { fileKey, keysOf, variantKey } from '../../worker/file-keys.ts';
import type { NewFile } from '../../worker/room/room-rpc.ts';
import type { Edgewise } from './edgewise.ts';
import type { Person } from './person.ts';
import { plain } from './pictures.ts';
import { fileClient } from './uploading.ts';

/** The bytes of a file that nobody looks at. */
const BYTES = 'not really a picture';
const PICTURE = { name: 'lake.jpg', type: 'image/jpeg' };

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

/** Uploads a picture, or a text with this name, and leaves a variant of it. Throws unless that works. */
export async function uploadFile(
  edgewise: Edgewise,
  person: Person,
  groupId: string,
  textName?: string,
): Promise<FileReference> {
  const client = fileClient(edgewise.url, person);
  const file =
    textName === undefined
      ? await client.upload(groupId, Uint8Array.from(await plain.jpeg()), PICTURE)
      : await client.upload(groupId, BYTES, { name: textName });
  await edgewise.files.put(variantKey(file.id, 320), BYTES);
  return file;
}

/**
 * Leaves what a finished upload leaves, also where this user could not upload now: counted bytes in R2, and a file in the Room
 * that waits for its message. It writes the rows itself: an object that a test has called by RPC cannot be evicted any more.
 */
export async function placeFile(
  edgewise: Edgewise,
  { userId }: Pick<Person, 'userId'>,
  groupId: string,
): Promise<string> {
  const { id, name, type, size, etag, width, height } = newFile(groupId, userId);
  await edgewise.files.put(fileKey(id), BYTES);
  await edgewise.inboxSql(userId, `INSERT INTO stored_files VALUES ('${id}', ${size})`);
  await edgewise.roomSql(
    groupId,
    'INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 1, 0)',
    ...[id, userId, name, type, size, etag, Date.now(), JSON.stringify({ width, height })],
  );
  return id;
}

/** The keys of these files that R2 still holds. */
export async function keysInR2(edgewise: Edgewise, files: readonly FileReference[]) {
  const objects = await Promise.all(
    files.flatMap(({ id }) => keysOf(id)).map((key) => edgewise.files.head(key)),
  );
  return objects.flatMap((object) => object?.key ?? []);
}

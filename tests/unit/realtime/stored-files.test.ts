import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { eraseLocally } from '../../../web/realtime/cache/local-database.ts';
import type { StoredFile } from '../../../web/realtime/cache/stored-file.ts';
import { readDraft, writeDraft } from '../../../web/realtime/drafts.ts';
import {
  eraseUnusedFiles,
  readStoredFile,
  readUploadedFile,
  writeStoredFile,
} from '../../../web/realtime/uploads/stored-files.ts';
import { ADA, GROUP_ID } from '../../support/group-events.ts';

const OTHER_GROUP = '01890a5d-ac96-774b-bcce-b302099a8057';

/** The `n`th UUID. */
const uuidOf = (n: number) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

function stored(n: number, more: Partial<StoredFile> = {}): StoredFile {
  const { groupId = GROUP_ID } = more;
  return {
    userId: ADA.id,
    groupId,
    id: fileIdOf(groupId, uuidOf(n)),
    createdAt: 0,
    blob: new Blob(['x']),
    isPrepared: false,
    found: {},
    ...more,
  };
}

afterEach(() => eraseLocally(ADA.id));

test('a database of the version before files keeps its drafts and takes files', async () => {
  const before = await openDB('edgewise', 2, {
    upgrade(db) {
      const outbox = db.createObjectStore('outbox', { keyPath: 'position', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      outbox.createIndex('group', ['userId', 'groupId']);
      db.createObjectStore('drafts', { keyPath: ['userId', 'groupId', 'parentId'] });
      db.createObjectStore('groups', { keyPath: ['userId', 'group.id'] });
    },
  });
  await before.put('drafts', {
    userId: ADA.id,
    groupId: GROUP_ID,
    parentId: '',
    text: 'kept',
    named: [],
  });
  before.close();
  expect(await readDraft({ userId: ADA.id, groupId: GROUP_ID })).toMatchObject({ text: 'kept' });
  await writeStoredFile(stored(1));
  expect(await readStoredFile(stored(1))).toMatchObject({ id: stored(1).id });
});

test('leaving a group deletes its files on this machine, and signing out all of them', async () => {
  const other = stored(2, { groupId: OTHER_GROUP });
  await writeStoredFile(stored(1));
  await writeStoredFile(other);
  await eraseLocally(ADA.id, GROUP_ID);
  expect(await readStoredFile(stored(1))).toBeUndefined();
  expect(await readStoredFile(other)).toBeDefined();
  await eraseLocally(ADA.id);
  expect(await readStoredFile(other)).toBeUndefined();
});

test('a file is found by the id that the server gave it', async () => {
  const metadata = { uploadedBy: ADA.id, uploadedAt: 1 };
  const id = fileIdOf(GROUP_ID, uuidOf(100));
  const reference = {
    id,
    name: 'a',
    type: 'text/plain',
    size: 1,
    url: `/api/files/${id}`,
    metadata,
  };
  await writeStoredFile(stored(1));
  await writeStoredFile(stored(2, { reference }));
  expect(await readUploadedFile({ ...stored(0), id })).toMatchObject({ id: stored(2).id });
  expect(await readUploadedFile(stored(1))).toBeUndefined();
});

test('files that no draft and no message names are deleted after a minute', async () => {
  const metadata = { uploadedBy: ADA.id, uploadedAt: 1 };
  const used = stored(1);
  const file = { id: used.id, name: 'a', type: 'text/plain', size: 1, url: '', metadata };
  await writeDraft({ userId: ADA.id, groupId: GROUP_ID }, { text: '', named: [], files: [file] });
  for (const it of [used, stored(2), stored(3, { createdAt: 100_000 })]) await writeStoredFile(it);
  await eraseUnusedFiles(ADA.id, 120_000);
  expect(await readStoredFile(used)).toBeDefined();
  expect(await readStoredFile(stored(2))).toBeUndefined();
  expect(await readStoredFile(stored(3))).toBeDefined();
});

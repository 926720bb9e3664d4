import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { Storage } from '../../../protocol/files.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const LIMIT = 1_000_000;
const edgewise = sharedEdgewise({ vars: { LIMIT_STORAGE_PER_USER: String(LIMIT) } });
const { ada, grace } = edgewise.people('Ada', 'Grace');

const newId = () => fileIdOf(uuidv7(), uuidv7());

async function usedBy(person: Person): Promise<number> {
  const storage = (await person.api('GET', '/api/users/me/storage')).as(Storage);
  expect(storage.limit).toBe(LIMIT);
  return storage.used;
}

test('the storage of a user counts each file once, refuses what does not fit in words, and is released', async () => {
  const inbox = edgewise.inbox(ada.userId);
  const [one, two] = [newId(), newId()];
  expect(await usedBy(ada)).toBe(0);
  await inbox.reserveStorage(one, 300_000);
  await inbox.reserveStorage(one, 400_000);
  expect(await usedBy(ada)).toBe(400_000);
  expect(await inbox.reserveStorage(two, 600_001)).toMatchObject({
    failure: {
      code: 'too_large',
      detail: expect.stringMatching(/400 kB of the 1 MB .* add 600 kB/),
    },
  });
  expect(await usedBy(ada)).toBe(400_000);
  expect(await inbox.reserveStorage(two, 600_000)).toMatchObject({ ok: true });
  expect(await usedBy(ada)).toBe(LIMIT);
  await inbox.releaseStorage([one, newId()]);
  await inbox.releaseStorage([one]);
  expect(await usedBy(ada)).toBe(600_000);
  expect(await usedBy(grace)).toBe(0);
});

test('the storage of a user is still counted after an eviction', async () => {
  expect(await usedBy(grace)).toBe(0);
  await edgewise.inboxSql(grace.userId, `INSERT INTO stored_files VALUES ('${newId()}', 5000)`);
  await edgewise.evictInbox(grace.userId);
  expect(await usedBy(grace)).toBe(5_000);
});

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fileKey } from '../../../worker/file-keys.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { fileClient, fileIdIn } from '../../support/uploading.ts';

const edgewise = sharedEdgewise();
const { ada } = edgewise.people('Ada');

/** More than a part of R2's, and less. */
const PARTS = randomBytes(9 * 1024 ** 2);
const SMALL = randomBytes(1_000);

/** The two requests with which a client goes on that has sent all bytes and was told that they cannot be stored now. */
const REPEATS = {
  'a question for the offset': async (client: ReturnType<typeof fileClient>, path: string) =>
    (await client.fetch('HEAD', path, { headers: { 'tus-resumable': '1.0.0' } })).status,
  'a request without bytes': async (
    client: ReturnType<typeof fileClient>,
    path: string,
    size: number,
  ) => (await client.patch(path, size, new Uint8Array())).status,
};

describe.each([
  ['warm', async () => undefined],
  ['after eviction', (id: string) => edgewise.evictUpload(id)],
] as const)(
  'an upload whose bytes R2 does not join or give back at its end, %s,',
  (_, maybeEvict) => {
    it.each(Object.entries(REPEATS))(
      'is finished by %s: the parts are joined',
      async (what, repeat) => {
        const { id: groupId } = await ada.createGroup();
        const client = fileClient(edgewise.url, ada);
        const path = await client.beginTus(groupId, PARTS.length);
        const id = fileIdIn(path);
        const half = PARTS.length - 1_000;
        expect((await client.patch(path, 0, Uint8Array.from(PARTS.subarray(0, half)))).status).toBe(
          204,
        );
        // R2 refuses to join parts that it does not know.
        await edgewise.uploadSql(id, "UPDATE parts SET etag = 'x' || etag WHERE number = 1");
        const rest = Uint8Array.from(PARTS.subarray(half));
        expect((await client.patch(path, half, rest)).status).toBe(503);
        expect(await repeat(client, path, PARTS.length)).toBe(503);
        await maybeEvict(id);
        await edgewise.uploadSql(id, 'UPDATE parts SET etag = substr(etag, 2) WHERE number = 1');
        await expectFinished(() => repeat(client, path, PARTS.length));
        await expectStored(id, PARTS, what);
      },
    );

    it.each(Object.entries(REPEATS))(
      'is finished by %s: the bytes are read',
      async (what, repeat) => {
        const { id: groupId } = await ada.createGroup();
        const client = fileClient(edgewise.url, ada);
        const path = await client.beginTus(groupId, SMALL.length);
        const id = fileIdIn(path);
        // Stops it before it is over, so that R2 can be emptied in between.
        await edgewise.roomSql(groupId, 'ALTER TABLE files RENAME TO files_away');
        expect((await client.patch(path, 0, Uint8Array.from(SMALL))).status).toBe(503);
        await edgewise.roomSql(groupId, 'ALTER TABLE files_away RENAME TO files');
        await edgewise.uploadSql(id, "UPDATE upload SET step = 'stored', checked = NULL");
        await edgewise.files.delete(fileKey(id));
        expect(await repeat(client, path, SMALL.length)).toBe(503);
        await maybeEvict(id);
        await edgewise.files.put(fileKey(id), SMALL);
        await expectFinished(() => repeat(client, path, SMALL.length));
        await expectStored(id, SMALL, what);
      },
    );
  },
);

/** A client repeats after 503, which it may get once more: a call to an object that was evicted can be lost. */
async function expectFinished(repeat: () => Promise<number>): Promise<void> {
  await expect.poll(repeat, { timeout: 10_000, interval: 100 }).toBeLessThan(300);
}

/** The file can be fetched with all of its bytes. */
async function expectStored(id: string, bytes: Buffer, what: string): Promise<void> {
  const got = await fileClient(edgewise.url, ada).fetch('GET', `/api/files/${id}`);
  expect(got.status, what).toBe(200);
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
}

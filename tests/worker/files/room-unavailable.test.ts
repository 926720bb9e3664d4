import { describe, expect, it } from 'vitest';
import { Storage } from '../../../protocol/files.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { fileClient, fileIdIn } from '../../support/uploading.ts';

const edgewise = sharedEdgewise();
const { ada } = edgewise.people('Ada');
const BYTES = 'all of them';
/** An Upload tries again after 30 s. */
const AGAIN_MS = 60_000;

describe.each([
  ['warm', async () => undefined],
  ['after eviction', (id: string) => edgewise.evictUpload(id)],
] as const)('an upload whose Room fails when all bytes are there, %s,', (_, maybeEvict) => {
  /** Sends all bytes while the Room cannot store a file. Returns the path of the upload, after the Room was mended. */
  async function uploadMeanwhile() {
    const { id: groupId } = await ada.createGroup();
    const client = fileClient(edgewise.url, ada);
    const path = await client.beginTus(groupId, BYTES.length);
    await edgewise.roomSql(groupId, 'ALTER TABLE files RENAME TO files_away');
    expect((await client.patch(path, 0, BYTES)).status).toBe(503);
    await maybeEvict(fileIdIn(path));
    await edgewise.roomSql(groupId, 'ALTER TABLE files_away RENAME TO files');
    return { groupId, client, path, id: fileIdIn(path) };
  }

  it('is finished by the next request, and can be sent', async () => {
    const { groupId, client, path, id } = await uploadMeanwhile();
    expect(await client.offset(path)).toBe(BYTES.length);
    const message = await ada.post(groupId, 'look', { attachments: [id] });
    expect(message.attachments).toMatchObject([{ id, size: BYTES.length }]);
    const got = await client.fetch('GET', `/api/files/${id}`);
    expect(await got.text()).toBe(BYTES);
  });

  it('is finished by itself, and counted once', { timeout: 2 * AGAIN_MS }, async () => {
    const before = (await ada.api('GET', '/api/users/me/storage')).as(Storage).used;
    const { groupId, id } = await uploadMeanwhile();
    await eventually(async () => {
      const rows = await edgewise.roomSql(groupId, 'SELECT id FROM files WHERE id = ?', id);
      expect(rows).toHaveLength(1);
    }, AGAIN_MS);
    const { used } = (await ada.api('GET', '/api/users/me/storage')).as(Storage);
    expect(used).toBe(before + BYTES.length);
  });
});

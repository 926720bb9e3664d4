import { describe, expect, it } from 'vitest';
import { Group } from '../../../protocol/models.ts';
import { GroupList, InboxEntryList } from '../../../protocol/rest.ts';
import { connectedGroup } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import type { Person } from '../../support/person.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';
import { keysInR2, uploadFile } from '../../support/uploaded-file.ts';
import { fileClient } from '../../support/uploading.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

const change = (groupId: string, imageId: string | null, who: Person = ada) =>
  who.api('PATCH', `/api/groups/${groupId}`, { imageId });

/** A group of Ada and Grace with a picture. */
async function pictured() {
  const connected = await connectedGroup(ada, grace);
  const { groupId } = connected;
  const file = await uploadFile(edgewise, ada, groupId);
  expect(await change(groupId, file.id)).toMatchObject({ status: 200 });
  return { ...connected, file };
}

async function fetchStatus(who: Person, fileId: string): Promise<number> {
  const response = await fileClient(edgewise.url, who).fetch('GET', `/api/files/${fileId}`);
  await response.body?.cancel();
  return response.status;
}

/** The picture that the list of this person shows. */
async function listedPicture(who: Person, groupId: string): Promise<string | undefined> {
  const { items } = (await who.api('GET', '/api/groups')).as(InboxEntryList);
  return items.find(({ group }) => group.id === groupId)?.group.imageId;
}

describeWarmAndEvicted(edgewise, 'the picture of a group', (maybeEvict) => {
  it('is seen by the others at once: in the group, in their lists, and as a file', async () => {
    const { groupId, graceSocket } = await connectedGroup(ada, grace);
    const file = await uploadFile(edgewise, ada, groupId);
    expect(await fetchStatus(grace, file.id)).toBe(404);
    await maybeEvict(groupId);
    expect((await change(groupId, file.id)).as(Group)).toMatchObject({ imageId: file.id });
    const { group } = await graceSocket.next('group_update');
    expect(group.imageId).toBe(file.id);
    const line = await graceSocket.next('message');
    expect(line.message.system).toEqual({ kind: 'picture', text: 'changed' });
    await maybeEvict(groupId);
    expect(await fetchStatus(grace, file.id)).toBe(200);
    await eventually(async () => expect(await listedPicture(grace, groupId)).toBe(file.id));
    await mirrorComplete(edgewise, groupId);
    const { items } = (await linus.api('GET', '/api/groups/public')).as(GroupList);
    expect(items.find(({ id }) => id === groupId)?.imageId).toBe(file.id);
    expect(await fetchStatus(linus, file.id)).toBe(403);
  });

  it('is not set by a member, or to a file of another group or a used one', async () => {
    const { groupId, graceSocket, file } = await pictured();
    const hers = await uploadFile(edgewise, grace, groupId);
    const foreign = await uploadFile(edgewise, ada, (await ada.createGroup()).id);
    const { rev } = await graceSocket.sync();
    await maybeEvict(groupId);
    expect((await change(groupId, hers.id, grace)).status).toBe(403);
    expect((await change(groupId, null, grace)).status).toBe(403);
    for (const { id } of [hers, foreign]) {
      expect(await change(groupId, id)).toMatchObject({
        status: 422,
        body: { code: 'invalid', fields: { imageId: expect.any(String) } },
      });
    }
    const sent = { groupId, content: '', attachments: [file.id] };
    expect((await ada.api('POST', '/api/messages', sent)).status).toBe(422);
    expect((await graceSocket.sync()).rev).toBe(rev);
  });

  it('loses its bytes when another replaces it, and that one loses them when it is removed', async () => {
    const { groupId, file } = await pictured();
    const next = await uploadFile(edgewise, ada, groupId);
    await maybeEvict(groupId);
    expect((await change(groupId, next.id)).status).toBe(200);
    await maybeEvict(groupId);
    await eventually(async () => expect(await keysInR2(edgewise, [file])).toEqual([]), 25_000);
    expect(await keysInR2(edgewise, [next])).toHaveLength(2);
    expect(await fetchStatus(grace, file.id)).toBe(404);
    expect((await change(groupId, null)).as(Group)).not.toHaveProperty('imageId');
    expect(await fetchStatus(grace, next.id)).toBe(404);
    await maybeEvict(groupId);
    await eventually(async () => expect(await keysInR2(edgewise, [next])).toEqual([]), 25_000);
  });

  it('goes with its group', async () => {
    const { groupId, file } = await pictured();
    await maybeEvict(groupId);
    expect((await ada.api('DELETE', `/api/groups/${groupId}`)).status).toBe(204);
    await maybeEvict(groupId);
    await eventually(async () => expect(await keysInR2(edgewise, [file])).toEqual([]), 25_000);
  });

  it('is taken from the group when the account of its uploader is deleted', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    await linus.join(groupId);
    const role = { role: 'admin' };
    await ada.api('PUT', `/api/groups/${groupId}/members/${linus.userId}`, role);
    const file = await uploadFile(edgewise, linus, groupId);
    expect((await change(groupId, file.id, linus)).status).toBe(200);
    await adaSocket.next('group_update', ({ group }) => group.imageId === file.id);
    await maybeEvict(groupId);
    await edgewise.inbox(linus.userId).eraseFiles();
    await adaSocket.next('group_update', ({ group }) => group.imageId === undefined);
    await eventually(async () => expect(await keysInR2(edgewise, [file])).toEqual([]), 25_000);
  });

  it('is no orphan after a day', async () => {
    const { groupId, file, adaSocket } = await pictured();
    const orphan = await uploadFile(edgewise, ada, groupId);
    await edgewise.roomSql(groupId, 'UPDATE files SET uploaded_at = uploaded_at - 25 * 3600000');
    await edgewise.roomSql(groupId, "INSERT OR REPLACE INTO agenda VALUES ('files', 1)");
    await edgewise.evictRoom(groupId);
    await adaSocket.sync();
    await maybeEvict(groupId);
    await eventually(async () => expect(await keysInR2(edgewise, [orphan])).toEqual([]), 25_000);
    expect(await keysInR2(edgewise, [file])).toHaveLength(2);
    expect(await fetchStatus(grace, file.id)).toBe(200);
  });
});

describe('a Room that lost its storage', () => {
  it('has its picture back from D1, and still does not take it for an orphan', async () => {
    const { groupId, file } = await pictured();
    await mirrorComplete(edgewise, groupId);
    await emptyRoom(edgewise, groupId);
    expect((await grace.api('GET', `/api/groups/${groupId}`)).as(Group).imageId).toBe(file.id);
    expect(await fetchStatus(grace, file.id)).toBe(200);
    const sent = { groupId, content: '', attachments: [file.id] };
    expect((await ada.api('POST', '/api/messages', sent)).status).toBe(422);
    expect((await change(groupId, null)).status).toBe(200);
    await eventually(async () => expect(await keysInR2(edgewise, [file])).toEqual([]), 25_000);
  });

  it('has no picture whose file D1 did not have', async () => {
    const { groupId, file } = await pictured();
    await mirrorComplete(edgewise, groupId);
    await edgewise.db.prepare('DELETE FROM files WHERE id = ?').bind(file.id).run();
    await emptyRoom(edgewise, groupId);
    const group = (await grace.api('GET', `/api/groups/${groupId}`)).as(Group);
    expect(group).not.toHaveProperty('imageId');
  });
});

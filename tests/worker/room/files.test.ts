import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { FilePage, Storage } from '../../../protocol/files.ts';
import type { FileReference } from '../../../protocol/models.ts';
import { Message } from '../../../protocol/models.ts';
import { connectedGroup, messageFrame, say } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';
import { keysInR2, uploadFile } from '../../support/uploaded-file.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** Uploads `count` pictures of Ada's. */
async function uploadFiles(groupId: string, count: number): Promise<FileReference[]> {
  return Promise.all(Array.from({ length: count }, () => uploadFile(edgewise, ada, groupId)));
}

const idsOf = (files: readonly FileReference[]) => files.map(({ id }) => id);
const usedByAda = async () => (await ada.api('GET', '/api/users/me/storage')).as(Storage).used;

/** The files of a group that Grace can see. */
async function listed(groupId: string): Promise<FileReference[]> {
  const answer = await grace.api('GET', `/api/groups/${groupId}/files`);
  return answer.as(FilePage).items.map(({ file }) => file);
}

/** Those of these files that the Room knows. */
async function known(groupId: string, files: readonly FileReference[]): Promise<unknown[]> {
  const rows = await edgewise.roomSql(
    groupId,
    'SELECT id FROM files WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(idsOf(files)),
  );
  return rows.map(({ id }) => id);
}

/** Waits until the bytes of these files are erased, and nothing remembers them. */
async function expectErased(groupId: string, files: readonly FileReference[]): Promise<void> {
  await eventually(async () => {
    expect(await keysInR2(edgewise, files)).toEqual([]);
    expect(await known(groupId, files)).toEqual([]);
  }, 25_000);
  const ids = JSON.stringify(idsOf(files));
  const rows = await edgewise.db
    .prepare('SELECT id FROM files WHERE id IN (SELECT value FROM json_each(?))')
    .bind(ids)
    .all();
  expect(rows.results).toEqual([]);
}

describeWarmAndEvicted(edgewise, 'files', (maybeEvict) => {
  it('are sent with their message over the socket, REST and long poll alike', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const [one, two, three, four] = await uploadFiles(groupId, 4);
    if (!one || !two || !three || !four) throw new Error('no file');
    await maybeEvict(groupId);
    const first = await say(adaSocket, '', { attachments: [two.id, one.id] });
    expect(first.attachments).toEqual([two, one]);
    const received = await graceSocket.next('message', ({ message }) => message.id === first.id);
    expect(received.message).toEqual(first);
    await maybeEvict(groupId);
    const body = { groupId, content: '', attachments: [three.id] };
    const rest = await ada.api('POST', '/api/messages', body);
    expect(rest.as(Message).attachments).toEqual([three]);
    const frame = messageFrame('look', { attachments: [four.id] });
    const polled = { client: 'one', frames: [frame] };
    const settled = await ada.api('POST', `/api/groups/${groupId}/frames`, polled);
    expect(settled.body).toMatchObject([{ message: { id: frame.id, attachments: [four] } }]);
    const state = await graceSocket.sync();
    expect(state.messages.slice(-3).map((row) => row.attachments)).toEqual([
      [two, one],
      [three],
      [four],
    ]);
  });

  it('belong to one message, whichever of two tabs sends it', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const otherTab = await ada.connect(groupId);
    const [file] = await uploadFiles(groupId, 1);
    const frame = messageFrame('from two tabs', { attachments: [file?.id ?? ''] });
    await maybeEvict(groupId);
    adaSocket.send(frame);
    otherTab.send(frame);
    const isFrame = ({ message }: { message: Message }) => message.id === frame.id;
    const [here, there] = [
      await adaSocket.next('message', isFrame),
      await otherTab.next('message', isFrame),
    ];
    expect(here.message).toEqual(there.message);
    expect(here.message.attachments).toEqual([file]);
    expect((await adaSocket.sync()).rev).toBe(here.message.rev);
    expect(adaSocket.events.filter(({ type }) => type === 'error')).toEqual([]);
    await otherTab.close();
  });

  it('of others, of other groups and used ones are refused with the field, and change nothing', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const other = await ada.createGroup();
    const used = await uploadFile(edgewise, ada, groupId);
    await say(adaSocket, 'used', { attachments: [used.id] });
    const refused = [
      used,
      await uploadFile(edgewise, grace, groupId),
      await uploadFile(edgewise, ada, other.id),
    ];
    await maybeEvict(groupId);
    const { rev } = await graceSocket.sync();
    for (const { id } of refused) {
      adaSocket.send(messageFrame('x', { attachments: [id], ref: 'r' }));
      expect(await adaSocket.next('error')).toMatchObject({ code: 'invalid', ref: 'r' });
      const body = { groupId, content: 'x', attachments: [id] };
      const answer = await ada.api('POST', '/api/messages', body);
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'invalid', fields: { attachments: expect.any(String) } },
      });
    }
    expect((await graceSocket.sync()).rev).toBe(rev);
  });

  it('are added and removed by an edit, and the bytes of a removed one are erased', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const [one, two, three] = await uploadFiles(groupId, 3);
    if (!one || !two || !three) throw new Error('no file');
    const { id } = await say(adaSocket, 'look', { attachments: [one.id, two.id] });
    await maybeEvict(groupId);
    adaSocket.send({ type: 'edit_message', id, content: 'other words' });
    const edited = await graceSocket.next('message_update');
    expect(edited.message.attachments).toEqual([one, two]);
    const path = `/api/messages/${id}?groupId=${groupId}`;
    const change = { content: '', attachments: [two.id, three.id] };
    const answer = await ada.api('PATCH', path, change);
    expect(answer.as(Message)).toMatchObject({ content: '', attachments: [two, three] });
    await expectErased(groupId, [one]);
    expect(await keysInR2(edgewise, [two, three])).toHaveLength(4);
  });

  it('go with their message: nobody can fetch them at once, and soon their bytes and the storage are free', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const before = await usedByAda();
    const files = await uploadFiles(groupId, 3);
    const { id } = await say(adaSocket, 'look', { attachments: idsOf(files) });
    await mirrorComplete(edgewise, groupId);
    expect(await usedByAda()).toBeGreaterThan(before);
    await maybeEvict(groupId);
    expect(await listed(groupId)).toHaveLength(3);
    adaSocket.send({ type: 'delete_message', id });
    await adaSocket.next('message_delete');
    expect(await listed(groupId)).toEqual([]);
    await maybeEvict(groupId);
    await expectErased(groupId, files);
    expect(await usedByAda()).toBe(before);
  });

  it('go with their group', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const before = await usedByAda();
    const [sent, unsent] = await uploadFiles(groupId, 2);
    if (!sent || !unsent) throw new Error('no file');
    await say(adaSocket, 'look', { attachments: [sent.id] });
    await mirrorComplete(edgewise, groupId);
    await maybeEvict(groupId);
    expect((await ada.api('DELETE', `/api/groups/${groupId}`)).status).toBe(204);
    await maybeEvict(groupId);
    await expectErased(groupId, [sent, unsent]);
    expect(await usedByAda()).toBe(before);
  });

  it('go with the account of their uploader, also from a group that they have left', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    await linus.join(groupId);
    const [words, alone, unsent] = [
      await uploadFile(edgewise, linus, groupId),
      await uploadFile(edgewise, linus, groupId),
      await uploadFile(edgewise, linus, groupId),
    ];
    const kept = await linus.post(groupId, 'words', { attachments: [words.id] });
    const emptied = await linus.post(groupId, '', { attachments: [alone.id] });
    await linus.api('POST', `/api/groups/${groupId}/leave`);
    await mirrorComplete(edgewise, groupId);
    await maybeEvict(groupId);
    await edgewise.inbox(linus.userId).eraseFiles();
    const update = await adaSocket.next('message_update');
    expect(update.message).toMatchObject({ id: kept.id, content: 'words' });
    expect(update.message).not.toHaveProperty('attachments');
    expect(await adaSocket.next('message_delete')).toMatchObject({ id: emptied.id });
    await expectErased(groupId, [words, alone, unsent]);
    await mirrorComplete(edgewise, groupId);
  });

  it('that were not sent within a day are erased', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const [old, sent] = await uploadFiles(groupId, 2);
    if (!old || !sent) throw new Error('no file');
    await say(adaSocket, 'look', { attachments: [sent.id] });
    await edgewise.roomSql(groupId, 'UPDATE files SET uploaded_at = uploaded_at - 25 * 3600000');
    await edgewise.roomSql(groupId, "INSERT OR REPLACE INTO agenda VALUES ('files', 1)");
    // An overdue task is done when the Room wakes.
    await edgewise.evictRoom(groupId);
    await adaSocket.sync();
    await maybeEvict(groupId);
    await expectErased(groupId, [old]);
    expect(await keysInR2(edgewise, [sent])).toHaveLength(2);
  });

  it('are changed and removed over REST until they are sent', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const [one, two] = await uploadFiles(groupId, 2);
    if (!one || !two) throw new Error('no file');
    await maybeEvict(groupId);
    const change = { name: ' sea\n.jpg', alt: 'The sea' };
    const changed = await ada.api('PATCH', `/api/files/${one.id}`, change);
    expect(changed.body).toMatchObject({ name: 'sea .jpg', metadata: { alt: 'The sea' } });
    for (const [bad, field] of [
      [{ name: '\u200b' }, 'name'],
      [{ name: 'ä'.repeat(128) }, 'name'],
      [{ alt: 'x'.repeat(1_001) }, 'alt'],
    ] as const) {
      const refused = await ada.api('PATCH', `/api/files/${one.id}`, bad);
      expect(refused).toMatchObject({
        status: 422,
        body: { fields: { [field]: expect.any(String) } },
      });
    }
    expect((await grace.api('DELETE', `/api/files/${one.id}`)).status).toBe(404);
    expect((await ada.api('DELETE', `/api/files/${two.id}`)).status).toBe(204);
    expect((await ada.api('DELETE', `/api/files/${two.id}`)).status).toBe(204);
    await say(adaSocket, '', { attachments: [one.id] });
    expect((await ada.api('PATCH', `/api/files/${one.id}`, { name: 'x' })).status).toBe(409);
    expect((await ada.api('DELETE', `/api/files/${one.id}`)).status).toBe(409);
    expect((await ada.api('DELETE', `/api/files/${uuidv7()}`)).status).toBe(404);
    await expectErased(groupId, [two]);
  });
});

describe('the list of the files of a group', () => {
  it('is paged and filtered for members, and refused to others', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const pictures = await uploadFiles(groupId, 3);
    const text = await uploadFile(edgewise, grace, groupId, 'a.txt');
    for (const { id } of pictures) await say(adaSocket, '', { attachments: [id] });
    await say(graceSocket, 'read this', { attachments: [text.id] });
    const list = async (query: string) =>
      (await grace.api('GET', `/api/groups/${groupId}/files?${query}`)).as(FilePage);
    const first = await list('limit=3');
    expect(first.items.map(({ file }) => file)).toEqual([text, pictures[2], pictures[1]]);
    expect(first.users.map(({ id }) => id).toSorted()).toEqual(
      [ada.userId, grace.userId].toSorted(),
    );
    const second = await list(`limit=3&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ file: pictures[0] }] });
    expect(second.next).toBeUndefined();
    expect((await list('kind=document')).items).toMatchObject([{ file: text }]);
    expect((await list(`from=${ada.userId}&kind=image`)).items).toHaveLength(3);
    for (const bad of ['kind=picture', 'limit=0', 'before=yesterday', 'cursor=abc']) {
      expect((await ada.api('GET', `/api/groups/${groupId}/files?${bad}`)).status).toBe(422);
    }
    expect((await linus.api('GET', `/api/groups/${groupId}/files`)).status).toBe(403);
  });
});

describe('the files in D1', () => {
  it('are those of the Room, and a Room that lost its storage has them back', async () => {
    const { groupId, adaSocket } = await connectedGroup(ada, grace);
    const [one, two, three, unsent] = await uploadFiles(groupId, 4);
    if (!one || !two || !three || !unsent) throw new Error('no file');
    const message = await say(adaSocket, 'look', { attachments: [one.id, two.id] });
    const pending = messageFrame('not in D1', { attachments: [three.id] });
    const { files } = await mirrorComplete(edgewise, groupId);
    expect(files).toHaveLength(4);
    // D1 has that the file was sent, but not the message: it is lost, and its author sends it again.
    await edgewise.db
      .prepare('UPDATE files SET message_seq = ? WHERE id = ?')
      .bind(message.seq + 1, three.id)
      .run();
    await emptyRoom(edgewise, groupId);
    expect(new Set(await listed(groupId))).toEqual(new Set([one, two]));
    const back = await ada.connect(groupId);
    const state = await back.next('thread_state');
    expect(state.messages.at(-1)).toEqual(message);
    back.send(pending);
    const again = await back.next('message', (event) => event.message.id === pending.id);
    expect(again.message.attachments).toEqual([three]);
    const refused = messageFrame('used', { attachments: [one.id] });
    back.send(refused);
    expect(await back.next('error')).toMatchObject({ code: 'invalid', id: refused.id });
    await say(back, 'at last', { attachments: [unsent.id] });
    await mirrorComplete(edgewise, groupId);
    await back.close();
  });

  it('may be away: files are sent and deleted all the same, and erased once D1 is back', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const [kept, gone] = await uploadFiles(groupId, 2);
    if (!kept || !gone) throw new Error('no file');
    await mirrorComplete(edgewise, groupId);
    await withoutTable(edgewise, 'files', async () => {
      const { id } = await say(adaSocket, 'gone', { attachments: [gone.id] });
      await say(adaSocket, 'kept', { attachments: [kept.id] });
      adaSocket.send({ type: 'delete_message', id });
      await graceSocket.next('message_delete');
      await eventually(() => {
        const failed = edgewise.logs().filter((line) => line.includes('file_erasure_failed'));
        expect(failed.some((line) => line.includes(groupId))).toBe(true);
      });
      expect(await known(groupId, [gone])).toEqual([gone.id]);
      await edgewise.evictRoom(groupId);
    });
    await expectErased(groupId, [gone]);
    const { files } = await mirrorComplete(edgewise, groupId);
    expect(files).toMatchObject([{ id: kept.id }]);
  });
});

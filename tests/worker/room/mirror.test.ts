import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { Group } from '../../../protocol/models.ts';
import { MessagePage } from '../../../protocol/rest.ts';
import { say } from '../../support/connected-group.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

/** Makes every batch that a Room writes to D1 fail during `during`. */
const withoutD1 = (during: () => Promise<void>) => withoutTable(edgewise, 'groups', during);

async function page(person: Person, groupId: string) {
  return (await person.api('GET', `/api/messages?groupId=${groupId}&limit=100`)).as(MessagePage);
}

describe('the mirror', () => {
  it('receives every change, and memberships before the request that changed them returns', async () => {
    const group = await ada.createGroup({ name: 'Archived' });
    await grace.join(group.id);
    const members = await edgewise.db
      .prepare('SELECT user_id FROM memberships WHERE group_id = ? AND left_at IS NULL')
      .bind(group.id)
      .all();
    expect(members.results).toHaveLength(2);
    const socket = await ada.connect(group.id);
    for (let n = 0; n < 20; n += 1) await say(socket, `message ${n} — 漢字 "quotes" and \\ 🎉`);
    await mirrorComplete(edgewise, group.id);
    await say(socket, 'and after an eviction');
    await edgewise.evictRoom(group.id);
    await mirrorComplete(edgewise, group.id);
  });

  it('catches up after D1 was unavailable while people sent messages and changed the group', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    await say(socket, 'before');
    await withoutD1(async () => {
      await say(socket, 'D1 is away');
      const changed = await ada.api('PATCH', `/api/groups/${group.id}`, { topic: 'all the same' });
      expect(changed.status).toBe(200);
      await edgewise.evictRoom(group.id);
      await say(socket, 'and still away after an eviction');
      const { messages } = await page(ada, group.id);
      expect(messages.map(({ content }) => content)).toContain('D1 is away');
      await eventually(() => {
        expect(edgewise.logs().join('\n')).toContain('mirror_failed');
      });
    });
    await mirrorComplete(edgewise, group.id);
    const row = await edgewise.db
      .prepare('SELECT topic FROM groups WHERE id = ?')
      .bind(group.id)
      .first();
    expect(row).toEqual({ topic: 'all the same' });
  });
});

describe('a Room that lost its storage', () => {
  it('loads itself from D1 with a new epoch, continues at a much higher rev, and accepts messages', async () => {
    const group = await ada.createGroup({ name: 'Loaded' });
    await grace.join(group.id);
    const socket = await ada.connect(group.id);
    const state = await socket.next('thread_state');
    const first = await say(socket, 'first');
    for (let n = 0; n < 30; n += 1) await say(socket, `message ${n}`);
    const before = await page(ada, group.id);
    await mirrorComplete(edgewise, group.id);
    await emptyRoom(edgewise, group.id);

    const graceSocket = await grace.connect(group.id, { since: before.rev, epoch: state.epoch });
    const loaded = await graceSocket.next('thread_state');
    expect(loaded).toMatchObject({
      reset: true,
      rev: before.rev + 1_000_000,
      group: { name: 'Loaded', memberCount: 2 },
    });
    expect(loaded.epoch).not.toBe(state.epoch);
    const after = await page(ada, group.id);
    expect(after.messages).toEqual(before.messages);

    // A repeat is still recognised, a new message gets a higher rev, and the hibernated socket receives it.
    socket.send({ type: 'message', id: first.id, content: 'first' });
    expect(await socket.next('message', (event) => event.repeat === true)).toMatchObject({
      message: first,
    });
    const next = await say(graceSocket, 'after the loss');
    expect(next.seq).toBe(loaded.rev + 1);
    expect(await socket.next('message', (event) => event.message.id === next.id)).toMatchObject({
      rev: next.rev,
    });
    await mirrorComplete(edgewise, group.id);
  });

  it('answers concurrent requests while it loads, and restores a large group completely', async () => {
    const group = await ada.createGroup();
    await mirrorComplete(edgewise, group.id);
    const count = 1_300;
    const rows = Array.from({ length: count }, (_, n) => ({
      seq: 10 + n,
      id: uuidv7(),
      content: `${n} ${'x'.repeat(n % 100 === 0 ? 7_000 : 300)}`,
    }));
    await edgewise.db
      .prepare(
        `INSERT INTO messages (group_id, seq, id, rev, user_id, content, created_at)
         SELECT ?, value ->> 'seq', value ->> 'id', value ->> 'seq', ?, value ->> 'content', 1 FROM json_each(?)`,
      )
      .bind(group.id, ada.userId, JSON.stringify(rows))
      .run();
    await emptyRoom(edgewise, group.id);
    const [one, two, three] = await Promise.all([
      page(ada, group.id),
      ada.connect(group.id),
      ada.api('GET', `/api/groups/${group.id}`),
    ]);
    expect(one.messages.at(-1)).toMatchObject({ id: rows.at(-1)?.id });
    expect(await two.next('thread_state')).toMatchObject({ epoch: one.epoch, rev: one.rev });
    expect(three.as(Group).lastSeq).toBe(9 + count);
    const held = await edgewise.roomSql(
      group.id,
      'SELECT count(*) AS n FROM messages WHERE seq >= 10',
    );
    expect(held).toEqual([{ n: count }]);
  });

  it('loads again from the start after an interrupted load', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    for (let n = 0; n < 5; n += 1) await say(socket, `message ${n}`);
    await socket.close();
    await mirrorComplete(edgewise, group.id);
    const before = await page(ada, group.id);
    // A crash leaves some rows, stale ones among them, and no group.
    await edgewise.roomSql(group.id, 'DELETE FROM group_state');
    await edgewise.roomSql(group.id, 'DELETE FROM messages WHERE seq > 4');
    await edgewise.roomSql(group.id, "UPDATE messages SET content = 'stale'");
    await edgewise.evictRoom(group.id);
    const after = await page(ada, group.id);
    expect(after.messages).toEqual(before.messages);
    expect(after.epoch).not.toBe(before.epoch);
  });

  it('answers unavailable while D1 is unavailable, and never not_found', async () => {
    const group = await ada.createGroup();
    await mirrorComplete(edgewise, group.id);
    const token = await ada.token();
    await emptyRoom(edgewise, group.id);
    await withoutD1(async () => {
      const answer = await ada.api('GET', `/api/messages?groupId=${group.id}`);
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      const socket = await ada.connect(group.id, { token });
      expect(await socket.closed).toMatchObject({ code: 4503 });
    });
    const back = await ada.connect(group.id);
    expect(await back.next('thread_state')).toMatchObject({ reset: true });
  });
});

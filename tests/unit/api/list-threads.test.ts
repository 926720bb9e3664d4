import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import {
  listThreads,
  listThreadsOf,
  type ThreadStart,
  type ThreadsFound,
} from '../../../worker/api/list-threads.ts';
import type { ThreadGroup } from '../../../worker/inbox/inbox-rpc.ts';
import { threadGroups } from '../../../worker/inbox/thread-groups.ts';
import type { ThreadPage } from '../../../worker/room/room-rpc.ts';
import { inboxEntry } from '../../../worker/room/rules/inbox-entry.ts';
import type { ThreadQuery } from '../../../worker/thread-place.ts';
import { messageAt } from '../../support/group-events.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;

/** Groups of Ada and Grace whose clocks go together, and what the Worker asks of them. */
class Scene {
  readonly rooms: NodeRoom[] = [];
  readonly asked: { groupId: string; query: ThreadQuery }[] = [];
  /** The Rooms that do not answer, or that answer this. */
  readonly failing = new Map<string, Result<ThreadPage>>();
  #now = 0;

  group(): NodeRoom {
    const room = nodeRoom(['Grace']);
    room.pass(this.#now);
    this.rooms.push(room);
    return room;
  }

  groups(count: number): NodeRoom[] {
    return Array.from({ length: count }, () => this.group());
  }

  /** Ada's message with a reply of Grace, a second later than everything before; returns the root's id. */
  thread(room: NodeRoom, name: string): string {
    const id = uuidv7();
    room.conversation.send(ada, { id, content: name });
    this.reply(room, id, grace);
    return id;
  }

  reply(room: NodeRoom, parentId: string, userId: string): void {
    this.#now += 1_000;
    for (const each of this.rooms) each.pass(1_000);
    room.conversation.send(userId, { id: uuidv7(), content: 'reply', parentId });
  }

  read(room: NodeRoom, parentId: string): void {
    room.threads.read(ada, parentId, room.store.counter(), false);
  }

  /** What Ada's Inbox knows. */
  known() {
    return threadGroups(
      this.rooms.flatMap(({ store }) => {
        const member = store.members.find(ada);
        return member ? [inboxEntry(store, member)] : [];
      }),
    );
  }

  async page(limit: number, start?: ThreadStart, known = this.known()): Promise<ThreadsFound> {
    const found = await listThreads(known, { limit, start }, (groupId, query) =>
      this.#ask(groupId, query),
    );
    if (!found.ok) throw new Error(found.failure.detail);
    return found.value;
  }

  /** All pages; `between` runs before each but the first. */
  async all(limit: number, asOf: number, between: () => void = () => undefined) {
    const names: string[] = [];
    for (let start: ThreadStart | undefined; ; between()) {
      const { items, last } = await this.page(limit, start);
      names.push(...items.map(({ root }) => root.content));
      if (!last) return names;
      start = { ...last, asOf };
    }
  }

  async #ask(groupId: string, query: ThreadQuery): Promise<Result<ThreadPage>> {
    this.asked.push({ groupId, query });
    const room = this.rooms.find((it) => it.groupId === groupId);
    if (!room) throw new Error(`no Room ${groupId}`);
    return this.failing.get(groupId) ?? room.threads.list(ada, query);
  }
}

const namesOf = ({ items }: ThreadsFound) => items.map(({ root }) => root.content);
const asOfNow = Number.MAX_SAFE_INTEGER;

describe('the threads of all groups', () => {
  test('are in one order: unread ones first, then the latest reply', async () => {
    const scene = new Scene();
    const [one, two] = scene.groups(2);
    if (!one || !two) throw new Error('no groups');
    scene.thread(one, 'old and unread');
    const early = scene.thread(two, 'early, read');
    const late = scene.thread(two, 'late, read');
    scene.read(two, early);
    scene.read(two, late);
    scene.thread(one, 'new and unread');
    const page = await scene.page(10);
    expect(namesOf(page)).toEqual([
      'new and unread',
      'old and unread',
      'late, read',
      'early, read',
    ]);
    expect(page.items.map(({ unread }) => unread)).toEqual([1, 1, 0, 0]);
    expect(page.items[0]?.groupId).toBe(one.groupId);
    expect(page.users.map(({ id }) => id).sort()).toEqual([ada, grace].sort());
    expect(page).not.toHaveProperty('last');
    expect(page).not.toHaveProperty('incomplete');
  });

  test('have their last three replies that were not deleted, oldest first; a deleted root is a tombstone', async () => {
    const scene = new Scene();
    const room = scene.group();
    const root = scene.thread(room, 'root');
    const ids = Array.from({ length: 4 }, () => uuidv7());
    for (const id of ids) room.conversation.send(grace, { id, content: id, parentId: root });
    room.conversation.delete(grace, ids[3] ?? '');
    room.conversation.delete(ada, root);
    const [item] = (await scene.page(10)).items;
    expect(item?.root).toMatchObject({ id: root, content: '', deletedAt: expect.any(Number) });
    expect(item?.replies.map(({ content }) => content)).toEqual(ids.slice(0, 3));
    expect(item?.unread).toBe(4);
  });

  test('do not include one without replies, one that was left, or the read ones of an archived group', async () => {
    const scene = new Scene();
    const [room, archived, quiet] = scene.groups(3);
    if (!room || !archived || !quiet) throw new Error('no groups');
    const silent = scene.thread(room, 'all replies deleted');
    const only = room.events.flatMap((it) =>
      it.type === 'message' && it.message.parentId === silent ? it.message.id : [],
    );
    for (const id of only) room.conversation.delete(grace, id);
    room.threads.follow(ada, scene.thread(room, 'left'), false);
    scene.read(archived, scene.thread(archived, 'read, archived'));
    scene.thread(archived, 'unread, archived');
    scene.read(quiet, scene.thread(quiet, 'read, all archived'));
    archived.settings.change(ada, { archived: true });
    quiet.settings.change(ada, { archived: true });
    expect(namesOf(await scene.page(10))).toEqual(['unread, archived']);
    expect(scene.asked.map(({ groupId }) => groupId)).toEqual([archived.groupId]);
  });
});

describe('a page', () => {
  /** Groups with one thread each, the latest first, the first `unread` of them unread; the first `left` were left since. */
  function oneThreadEach(count: number, { unread = 0, left = 0 } = {}) {
    const asked: string[] = [];
    const groups = Array.from({ length: count }, (_, index): ThreadGroup => {
      const lastReplyAt = 1_000 - index;
      const groupId = uuidv7();
      const unreadAt = index < unread ? lastReplyAt : undefined;
      return { groupId, lastReplyAt, unreadAt, isArchived: false };
    });
    const ask = async (groupId: string, { before }: ThreadQuery): Promise<Result<ThreadPage>> => {
      asked.push(groupId);
      const at = groups.findIndex((it) => it.groupId === groupId);
      const place = { isUnread: at < unread, at: 1_000 - at, rootSeq: 1 };
      const isAfter = !before || place.at < before.at || place.isUnread !== before.isUnread;
      if (at < left || !isAfter) return ok({ items: [], users: [] });
      const root = messageAt(1, { groupId });
      const thread = { groupId, root, unread: 0, lastReplyAt: place.at, replies: [] };
      return ok({ items: [{ place, thread }], users: [] });
    };
    const page = async (start?: ThreadStart) => {
      asked.length = 0;
      const found = await listThreads(groups, { limit: 20, start }, ask);
      if (!found.ok) throw new Error(found.failure.detail);
      return { ...found.value, calls: asked.length };
    };
    return page;
  }

  test('asks only the Rooms that can have a thread of it, and a later one those before as well', async () => {
    const page = oneThreadEach(100);
    const { last, calls } = await page();
    expect(calls).toBe(20);
    const second = await page(last && { ...last, asOf: asOfNow });
    expect(second.items).toHaveLength(20);
    expect(second.calls).toBe(40);
  });

  test('costs someone who follows 200 threads, 50 of them unread, a call for each thread of the page', async () => {
    const { items, calls } = await oneThreadEach(200, { unread: 50 })();
    expect(items).toHaveLength(20);
    expect(calls).toBe(20);
  });

  test('asks further Rooms if those that it asked have fewer threads than the Inbox knew', async () => {
    const { items, calls } = await oneThreadEach(100, { left: 50 })();
    expect(items).toHaveLength(20);
    expect(calls).toBe(70);
  });

  test('is complete in one round where one group has all of the newest threads', async () => {
    const scene = new Scene();
    const [quiet, busy] = scene.groups(2);
    if (!quiet || !busy) throw new Error('no groups');
    scene.thread(quiet, 'quiet');
    for (let n = 0; n < 5; n += 1) scene.thread(busy, `busy ${n}`);
    const page = await scene.page(3);
    expect(namesOf(page)).toEqual(['busy 4', 'busy 3', 'busy 2']);
    expect(page.last).toMatchObject({ groupId: busy.groupId, isUnread: true });
  });

  test('asks at first the Rooms of which an Inbox of an earlier version does not say when', async () => {
    const scene = new Scene();
    const [old, recent] = scene.groups(2);
    if (!old || !recent) throw new Error('no groups');
    scene.read(old, scene.thread(old, 'old'));
    scene.read(recent, scene.thread(recent, 'recent'));
    const known = threadGroups(
      scene.rooms.flatMap(({ store }) => {
        const member = store.members.find(ada);
        if (!member) return [];
        const { lastThreadReplyAt, ...entry } = inboxEntry(store, member);
        return [store === old.store ? entry : { ...entry, lastThreadReplyAt }];
      }),
    );
    expect(namesOf(await scene.page(10, undefined, known))).toEqual(['recent', 'old']);
  });
});

describe('while the pages are fetched', () => {
  const COUNT = 30;

  async function listed(between: (scene: Scene, roots: [NodeRoom, string][]) => void) {
    const scene = new Scene();
    const rooms = scene.groups(7);
    const roots = Array.from({ length: COUNT }, (_, n): [NodeRoom, string] => {
      const room = rooms[n % rooms.length];
      if (!room) throw new Error('no group');
      return [room, scene.thread(room, `thread ${n}`)];
    });
    for (const [index, [room, root]] of roots.entries()) if (index % 3 > 0) scene.read(room, root);
    const latest = Math.max(...scene.known().map(({ lastReplyAt }) => lastReplyAt));
    return scene.all(4, latest, () => between(scene, roots));
  }
  const everyThread = Array.from({ length: COUNT }, (_, n) => `thread ${n}`);

  test('each thread comes once if nothing changes', async () => {
    const names = await listed(() => undefined);
    expect(names).toHaveLength(COUNT);
    expect(new Set(names)).toEqual(new Set(everyThread));
    expect(names.slice(0, 10)).toEqual(
      [27, 24, 21, 18, 15, 12, 9, 6, 3, 0].map((n) => `thread ${n}`),
    );
  });

  test('each comes once if every thread gets replies, of others or of my own', async () => {
    let turn = 0;
    const names = await listed((scene, roots) => {
      for (const [index, [room, root]] of roots.entries()) {
        if ((index + turn) % 4 === 0) scene.reply(room, root, index % 8 === 0 ? ada : grace);
      }
      turn += 1;
    });
    expect(names.toSorted()).toEqual(everyThread.toSorted());
  });

  test('none is left out if threads are read, and those may come again', async () => {
    const names = await listed((scene, roots) => {
      for (const [room, root] of roots.slice(0, 20)) scene.read(room, root);
    });
    expect([...new Set(names)].sort()).toEqual([...everyThread].sort());
  });

  test('none is left out of those whose only reply is newer than the list', async () => {
    const scene = new Scene();
    const rooms = scene.groups(3);
    for (let n = 0; n < 9; n += 1) {
      const room = rooms[n % 3];
      if (room) scene.thread(room, `thread ${n}`);
    }
    const names = await scene.all(2, 0);
    expect([...new Set(names)]).toHaveLength(9);
  });
});

describe('a Room that does not answer', () => {
  test('makes the page incomplete, and the others are shown', async () => {
    const scene = new Scene();
    const [lost, there] = scene.groups(2);
    if (!lost || !there) throw new Error('no groups');
    scene.thread(lost, 'lost');
    scene.thread(there, 'there');
    scene.failing.set(lost.groupId, fail('unavailable', 'The group does not answer.'));
    const page = await scene.page(10);
    expect(namesOf(page)).toEqual(['there']);
    expect(page.incomplete).toBe(true);
  });

  test('does not, if the page needs nothing of it', async () => {
    const scene = new Scene();
    const [lost, there] = scene.groups(2);
    if (!lost || !there) throw new Error('no groups');
    scene.thread(lost, 'lost');
    scene.thread(there, 'there');
    scene.failing.set(lost.groupId, fail('unavailable', 'The group does not answer.'));
    const page = await scene.page(1);
    expect(namesOf(page)).toEqual(['there']);
    expect(page).not.toHaveProperty('incomplete');
  });

  test.for(['forbidden', 'not_found'] as const)(
    'has nothing for someone to whom it is %s',
    async (code) => {
      const scene = new Scene();
      const [left, there] = scene.groups(2);
      if (!left || !there) throw new Error('no groups');
      scene.thread(left, 'left');
      scene.thread(there, 'there');
      scene.failing.set(left.groupId, fail(code, 'You are not a member of this group.'));
      const page = await scene.page(10);
      expect(namesOf(page)).toEqual(['there']);
      expect(page).not.toHaveProperty('incomplete');
    },
  );

  test('because the session has ended, ends the list', async () => {
    const scene = new Scene();
    const room = scene.group();
    scene.thread(room, 'thread');
    const ended = fail('unauthenticated', 'This session has ended. Sign in again.');
    const found = await listThreads(
      scene.known(),
      { limit: 10, start: undefined },
      async () => ended,
    );
    expect(found).toEqual(ended);
  });
});

test('the list of one group has its threads in the same order, and fails as its Room does', async () => {
  const scene = new Scene();
  const room = scene.group();
  for (let n = 0; n < 5; n += 1) scene.thread(room, `thread ${n}`);
  const ask = async (_: string, query: ThreadQuery) => room.threads.list(ada, query);
  const first = await listThreadsOf(room.groupId, { limit: 3, start: undefined }, ask);
  if (!first.ok || !first.value.last) throw new Error('no first page');
  expect(namesOf(first.value)).toEqual(['thread 4', 'thread 3', 'thread 2']);
  const start = { ...first.value.last, asOf: asOfNow };
  const second = await listThreadsOf(room.groupId, { limit: 3, start }, ask);
  expect(second.ok && namesOf(second.value)).toEqual(['thread 1', 'thread 0']);
  expect(second.ok && second.value.last).toBeUndefined();
  const stranger = async (_: string, query: ThreadQuery) =>
    room.threads.list(person('Linus').id, query);
  const refused = await listThreadsOf(room.groupId, { limit: 3, start: undefined }, stranger);
  expect(refused).toMatchObject({ ok: false, failure: { code: 'forbidden' } });
});

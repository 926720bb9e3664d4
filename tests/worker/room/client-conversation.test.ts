import 'fake-indexeddb/auto';
import { v7 as uuidv7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { groupCache } from '../../../web/realtime/cache/group-cache.ts';
import { eventually } from '../../support/eventually.ts';
import { largeGroup } from '../../support/large-group.ts';
import { type OpenPage, pagesOf } from '../../support/open-page.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada, grace } = edgewise.people('Ada', 'Grace');
const open = pagesOf(edgewise);

const isLive = (page: OpenPage) =>
  eventually(() => expect(page.getView().connection.state).toBe('live'));
const shows = (page: OpenPage, ...texts: string[]) =>
  eventually(() => expect(page.shown()).toEqual(texts));

/** A group that both have open. */
async function together(): Promise<{ groupId: string; hers: OpenPage; theirs: OpenPage }> {
  const { id: groupId } = await ada.createGroup();
  await grace.join(groupId);
  const [hers, theirs] = [open(ada, groupId), open(grace, groupId)];
  await Promise.all([isLive(hers), isLive(theirs)]);
  return { groupId, hers, theirs };
}

test('edits, reactions and deletions show at once for their author, and soon for everyone', async () => {
  const { hers, theirs } = await together();
  await hers.send('helo');
  await shows(theirs, 'helo');
  const { id } = hers.row('helo').message;
  hers.edit(id, 'hello');
  hers.react(id, '👍', 'add');
  expect(hers.row('hello').message).toMatchObject({
    edited: true,
    reactions: [{ emoji: '👍', count: 1, userIds: [ada.userId] }],
  });
  await eventually(() => {
    expect(theirs.row('hello').message.reactions).toHaveLength(1);
    expect(theirs.row('hello').message).toEqual(hers.row('hello').message);
    expect(hers.row('hello').change).toBeUndefined();
  });
  hers.remove(id);
  expect(hers.shown()).toEqual([]);
  await shows(theirs);
});

test('a refused change shows the reason and can be dropped', async () => {
  const { hers, theirs } = await together();
  await hers.send('mine');
  await shows(theirs, 'mine');
  const { id } = theirs.row('mine').message;
  theirs.edit(id, 'yours');
  await eventually(() =>
    expect(theirs.row('yours').change).toMatchObject({
      state: 'failed',
      failure: { code: 'forbidden' },
    }),
  );
  theirs.dropChange(id);
  expect(theirs.shown()).toEqual(['mine']);
});

test('a change made before a reload is sent after it', async () => {
  const { groupId, hers } = await together();
  await hers.send('helo');
  await shows(hers, 'helo');
  const { id } = hers.row('helo').message;
  await eventually(() => expect(hers.getView().rows.at(-1)?.state).toBe('sent'));
  hers.close();
  hers.edit(id, 'hello');
  const again = open(ada, groupId);
  await shows(again, 'hello');
  await eventually(() => expect(again.row('hello').change).toBeUndefined());
  expect((await ada.api('GET', `/api/messages/${id}?groupId=${groupId}`)).body).toMatchObject({
    content: 'hello',
  });
});

test('deleting a failed message also deletes it on the server, in case it arrived', async () => {
  const { groupId, hers } = await together();
  await hers.send('x'.repeat(8_001));
  await eventually(() => expect(hers.getView().rows.at(-1)?.state).toBe('failed'));
  expect(hers.discard(hers.getView().rows.at(-1)?.key ?? '')).toHaveLength(8_001);
  await hers.send('after it');
  await shows(hers, 'after it');
  const again = open(ada, groupId);
  await shows(again, 'after it');
});

test('a thread shows its replies and its pending rows, and its root shows the summary', async () => {
  const { hers, theirs } = await together();
  await hers.send('root');
  await shows(theirs, 'root');
  const { id } = theirs.row('root').message;
  theirs.openThread(id);
  await eventually(() => expect(theirs.getView().thread?.root).toBeDefined());
  await theirs.send('reply', { parentId: id, alsoToGroup: false });
  await theirs.send('seen by all', { parentId: id, alsoToGroup: true });
  await eventually(() => expect(theirs.replies()).toEqual(['reply', 'seen by all']));
  await shows(hers, 'root', 'seen by all');
  expect(hers.row('root').message).toMatchObject({ replyCount: 2, replyUserIds: [grace.userId] });
  hers.openThread(id);
  await eventually(() => {
    expect(hers.replies()).toEqual(['reply', 'seen by all']);
    expect(hers.getView().thread?.following).toBe(true);
  });
  hers.remove(id);
  await eventually(() => expect(theirs.shown()).toEqual(['deleted', 'seen by all']));
  expect(theirs.getView().thread).toMatchObject({ missing: false, root: { key: id } });
});

test('a thread that does not exist is shown as missing', async () => {
  const { hers } = await together();
  hers.openThread(uuidv7());
  await eventually(() => expect(hers.getView().thread?.missing).toBe(true));
});

test('following and unfollowing a thread persist', async () => {
  const { groupId, hers } = await together();
  const root = await grace.post(groupId, 'root');
  await shows(hers, 'root');
  hers.openThread(root.id);
  expect(hers.getView().thread?.following).toBe(false);
  hers.follow(root.id, true);
  expect(hers.getView().thread?.following).toBe(true);
  await eventually(() => expect(hers.getView().me?.readThreads).toHaveLength(1));
  hers.follow(root.id, false);
  await eventually(() =>
    expect(hers.getView().me?.readThreads).toMatchObject([{ following: false }]),
  );
});

test('my newest message shows that it was delivered and who has read it', async () => {
  const { hers, theirs } = await together();
  await hers.send('one');
  await shows(theirs, 'one');
  await eventually(() => expect(hers.row('one').receipt).toMatchObject({ state: 'delivered' }));
  theirs.read(theirs.row('one').message.seq);
  await eventually(() =>
    expect(hers.row('one').receipt).toMatchObject({
      state: 'read',
      readBy: [{ userId: grace.userId, readAt: expect.any(Number) }],
    }),
  );
  expect(theirs.row('one').receipt).toBeUndefined();
});

test('a message marked unread stays unread until the client leaves the group', async () => {
  const { groupId, hers } = await together();
  const first = await grace.post(groupId, 'one');
  const second = await grace.post(groupId, 'two');
  await shows(hers, 'one', 'two');
  hers.read(second.seq);
  await eventually(() => expect(hers.getView().me?.readSeq).toBe(second.seq));
  hers.markUnread(first.seq);
  await eventually(() => expect(hers.getView().me).toMatchObject({ readSeq: first.seq - 1 }));
  expect(hers.getView().divider).toMatchObject({ afterSeq: first.seq - 1, count: 2 });
  hers.read(second.seq);
  hers.leave();
  expect(hers.getView().divider).toBeUndefined();
  expect(hers.getView().me?.readSeq).toBe(first.seq - 1);
  hers.read(second.seq);
  await eventually(() => expect(hers.getView().me?.readSeq).toBe(second.seq));
});

test('the divider stays above what arrived since the last read while the group is open', async () => {
  const { groupId, hers } = await together();
  const read = await grace.post(groupId, 'read');
  await shows(hers, 'read');
  hers.read(read.seq);
  hers.hide();
  await eventually(() => expect(hers.getView().me?.readSeq).toBe(read.seq));
  hers.close();
  const unread = await grace.post(groupId, 'unread');
  const again = open(ada, groupId);
  await eventually(() =>
    expect(again.getView().divider).toEqual({
      afterSeq: read.seq,
      count: 1,
      mentions: 0,
      isAtLeast: false,
      since: unread.createdAt,
    }),
  );
  await again.send('answer');
  expect(again.getView().divider).toBeUndefined();
});

test('a typing user shows in the place where they type, until their message arrives', async () => {
  const { hers, theirs } = await together();
  theirs.typing(null, true);
  await eventually(() => expect(hers.getView().typing).toMatchObject([{ id: grace.userId }]));
  expect(theirs.getView().typing).toEqual([]);
  await theirs.send('done');
  await shows(hers, 'done');
  expect(hers.getView().typing).toEqual([]);
});

test('presence is shown', async () => {
  const { hers } = await together();
  await eventually(() =>
    expect(Object.fromEntries(hers.getView().presence)).toEqual({
      [ada.userId]: 'online',
      [grace.userId]: 'online',
    }),
  );
});

test('a page in a large group shows how many are present, and how those are whom it shows', async () => {
  const groupId = await largeGroup(edgewise, [ada, grace]);
  const hers = open(ada, groupId);
  await eventually(() => expect(hers.getView().presentCount).toBe(1));
  hers.watchPresence([grace.userId]);
  const theirs = open(grace, groupId);
  await eventually(() => {
    expect(hers.getView().presentCount).toBe(2);
    expect([...hers.getView().presence]).toEqual([[grace.userId, 'online']]);
  });
  await isLive(theirs);
  expect([...theirs.getView().presence]).toEqual([]);
});

test('a pin is shown to everyone', async () => {
  const { hers, theirs } = await together();
  await hers.send('keep this');
  await shows(theirs, 'keep this');
  const { id } = theirs.row('keep this').message;
  expect(await theirs.pin(id, true)).toEqual({ ok: true, value: null });
  await eventually(() => {
    expect(hers.row('keep this').message.pinnedBy).toBe(grace.userId);
  });
  expect((await theirs.pin(uuidv7(), true)).ok).toBe(false);
});

test('a jump loads around a message, pages in both directions, and rejoins the newest messages', async () => {
  const { id: groupId } = await ada.createGroup();
  const said = Array.from({ length: 130 }, (_, n) => ({ id: uuidv7(), content: `message ${n}` }));
  for (const some of [said.slice(0, 100), said.slice(100)]) {
    const frames = some.map((message) => ({ type: 'message', ...message }));
    await ada.api('POST', `/api/groups/${groupId}/frames`, { client: 'seed', frames });
  }
  const page = open(ada, groupId);
  await isLive(page);
  const target = said[30]?.id ?? '';
  await page.jumpTo(target);
  const view = page.getView();
  expect(view.target?.id).toBe(target);
  expect(view).toMatchObject({ hasBefore: true, hasAfter: true });
  expect(page.shown()).toHaveLength(50);
  await ada.post(groupId, 'meanwhile');
  while (page.getView().hasBefore) await page.loadBefore();
  while (page.getView().hasAfter) await page.loadAfter();
  const all = said.map(({ content }) => content);
  await shows(page, ...all, 'meanwhile');
  await page.jumpTo(uuidv7());
  expect(page.getView().targetMissing).toBe(true);
  await page.jumpToNewest();
  expect(page.getView().targetMissing).toBe(false);
});

test('a jump to a reply opens its thread', async () => {
  const { groupId, hers } = await together();
  const root = await grace.post(groupId, 'root');
  const reply = await grace.post(groupId, 'reply', { parentId: root.id });
  await hers.jumpTo(reply.id);
  expect(hers.getView().target?.id).toBe(reply.id);
  expect(hers.getView().thread?.parentId).toBe(root.id);
  expect(hers.replies()).toEqual(['reply']);
});

test('a group opens offline from the cache, and syncs from there', async () => {
  const { groupId, hers } = await together();
  await hers.send('one');
  await shows(hers, 'one');
  await eventually(() => expect(hers.getView().rows.at(-1)?.state).toBe('sent'));
  hers.hide();
  hers.close();
  await eventually(async () => {
    const cached = await groupCache.read(ada.userId, groupId);
    expect(cached?.messages.at(-1)?.content).toBe('one');
  });
  vi.stubGlobal('WebSocket', UnreachableSocket);
  const offline = open(ada, groupId, { isOnline: () => false });
  await shows(offline, 'one');
  expect(offline.getView().group?.name).toBe('General');
  await eventually(() => expect(offline.getView().connection).toMatchObject({ state: 'offline' }));
  offline.close();
  vi.stubGlobal('WebSocket', RealSocket);
  await grace.post(groupId, 'two');
  await shows(open(ada, groupId), 'one', 'two');
});

const RealSocket = globalThis.WebSocket;

/** A socket on a network that blocks WebSockets: nothing listens at its address. */
class UnreachableSocket extends RealSocket {
  constructor(_url: string | URL, protocols?: string | string[]) {
    super('ws://127.0.0.1:9/', protocols);
  }
}

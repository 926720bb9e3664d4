import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { AppConfig } from '../../../protocol/app-config.ts';
import { PUSH_SUBSCRIPTIONS } from '../../../protocol/limits.ts';
import { mentionOf } from '../../../protocol/mentions.ts';
import type { Group } from '../../../protocol/models.ts';
import { PushConfig, PushHealth } from '../../../protocol/push.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import type { Person } from '../../support/person.ts';
import { type PushedBrowser, startPushService } from '../../support/push-service.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

/** Long enough to read, delete and evict in it. */
const AFTER_MS = 1_500;
const push = await startPushService(AFTER_MS);
const edgewise = sharedEdgewise({ push });
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

beforeAll(() => enterDirectory([ada, grace, linus]));

/** Subscribes a browser of this person until the test is over. */
async function browserOf(person: Person): Promise<PushedBrowser & { id: string }> {
  const browser = push.browser();
  const put = await person.api('PUT', '/api/push/subscription', browser.subscription);
  expect(put.status).toBe(200);
  const { id } = put.as(PushHealth);
  onTestFinished(async () => {
    await person.api('DELETE', `/api/push/subscription/${id}`);
  });
  return Object.assign(browser, { id });
}

const wanting = async (groupId: string) =>
  (await edgewise.roomSql(groupId, 'SELECT user_id FROM push_members')).map(
    ({ user_id }) => user_id,
  );

/** A group of the three, whose Room knows that Grace wants pushes. */
async function engines(): Promise<Group> {
  const memberIds = [grace.userId, linus.userId];
  const group = await ada.createGroup({ name: 'Engines', visibility: 'private', memberIds });
  await eventually(async () => expect(await wanting(group.id)).toContain(grace.userId));
  return group;
}

/** Waits until everything up to a message is either pushed or will never be. */
async function settled(groupId: string, seq: number): Promise<void> {
  await eventually(async () => {
    const position = await edgewise.roomSql(groupId, 'SELECT seq FROM push_position');
    expect(position[0]?.['seq']).toBeGreaterThanOrEqual(seq);
    expect(await edgewise.roomSql(groupId, 'SELECT * FROM push_pending')).toEqual([]);
    expect(await edgewise.inboxSql(grace.userId, 'SELECT * FROM pushes')).toEqual([]);
  });
}

async function setLevel(groupId: string, preference: object): Promise<void> {
  const set = await grace.api('PATCH', `/api/groups/${groupId}/preferences`, preference);
  expect(set.status).toBe(200);
}

const mention = () => `${mentionOf(grace.userId)} look`;

describe('a person who is away', () => {
  test('is pushed a mention in their language: who, where and the words, for one conversation', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    const message = await ada.post(group.id, `${mention()} at the **mill**`);
    await eventually(() => expect(browser.pushes).toHaveLength(1));
    expect(browser.pushes[0]).toEqual({
      payload: {
        type: 'message',
        notification: {
          groupId: group.id,
          messageId: message.id,
          seq: message.seq,
          reason: 'mention',
          title: 'Ada mentioned you in Engines',
          body: '@Grace look at the mill',
          at: message.createdAt,
        },
        read: [],
      },
      ttl: 24 * 60 * 60,
      urgency: 'high',
      topic: group.id.replaceAll('-', ''),
    });
    const health = await grace.api('GET', `/api/push/subscription/${browser.id}`);
    expect(health.as(PushHealth).deliveredAt).toBeGreaterThanOrEqual(message.createdAt);
  });

  test('is pushed a direct message, in all of their browsers', async () => {
    const [phone, laptop] = [await browserOf(grace), await browserOf(grace)];
    const group = await ada.createDirect([grace]);
    await ada.post(group.id, 'coffee?');
    for (const browser of [phone, laptop]) {
      await eventually(() => expect(browser.bodies()).toEqual(['coffee?']));
      expect(browser.pushes[0]?.payload).toMatchObject({
        notification: { title: 'Ada', reason: 'direct' },
      });
    }
  });

  test('is pushed the newest of several messages, and later ones in order', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    await ada.post(group.id, 'one');
    await linus.post(group.id, 'two');
    await eventually(() => expect(browser.bodies().at(-1)).toBe('two'));
    expect(browser.bodies()).not.toContain('one, two');
    await ada.post(group.id, 'three');
    await eventually(() => expect(browser.bodies().at(-1)).toBe('three'));
    expect(browser.bodies()).toEqual(
      ['one', 'two', 'three'].filter((body) => browser.bodies().includes(body)),
    );
    expect(browser.pushes.at(-1)?.urgency).toBe('normal');
  });

  test.each([
    { level: 'all', mutedUntil: null, pushes: ['plain', 'mention'] },
    { level: 'mentions', mutedUntil: null, pushes: ['mention'] },
    { level: 'none', mutedUntil: null, pushes: [] },
    { level: 'all', mutedUntil: Date.UTC(2100, 0), pushes: [] },
    { level: 'all', mutedUntil: 5, pushes: ['plain', 'mention'] },
  ])('with the level $level, muted until $mutedUntil, is pushed $pushes', async (situation) => {
    const browser = await browserOf(grace);
    const { level, mutedUntil } = situation;
    const pushed: string[] = [];
    for (const [kind, content] of [
      ['plain', 'hello'],
      ['mention', mention()],
    ] as const) {
      const group = await engines();
      await setLevel(group.id, { level, mutedUntil });
      const { seq } = await ada.post(group.id, content);
      await settled(group.id, seq);
      const isOf = ({ payload }: PushedBrowser['pushes'][number]) =>
        payload.type === 'message' && payload.notification.groupId === group.id;
      if (browser.pushes.some(isOf)) pushed.push(kind);
    }
    expect(pushed).toEqual(situation.pushes);
  });

  test('is pushed @all, and a reply in a thread that they follow, and no other reply', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    await ada.post(group.id, 'all of you: <@all>');
    await eventually(() => expect(browser.bodies()).toEqual(['all of you: @all']));
    const own = await grace.post(group.id, 'mine');
    const other = await ada.post(group.id, 'not mine');
    await settled(group.id, other.seq);
    await linus.post(group.id, 'an answer to Grace', { parentId: own.id });
    await eventually(() => expect(browser.bodies().at(-1)).toBe('an answer to Grace'));
    const { seq } = await linus.post(group.id, 'an answer to Ada', { parentId: other.id });
    await settled(group.id, seq);
    expect(browser.bodies()).not.toContain('an answer to Ada');
    expect(browser.bodies()).not.toContain('mine');
  });
});

describeWarmAndEvicted(edgewise, 'within the grace', (maybeEvict) => {
  test('a message is not lost', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    await edgewise.evictInbox(grace.userId);
    await ada.post(group.id, mention());
    await maybeEvict(group.id);
    await eventually(() => expect(browser.bodies()).toEqual(['@Grace look']));
  });

  test('one that is read or deleted is not pushed', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    const read = await ada.post(group.id, mention());
    const room = await grace.connect(group.id);
    const { me } = await room.next('thread_state');
    room.send({ type: 'presence', state: 'away' });
    room.send({ type: 'thread_read', seq: read.seq, mark: me.mark });
    await room.next('receipt_update', ({ readSeq }) => readSeq === read.seq);
    await room.close();
    const deleted = await ada.post(group.id, mention());
    await ada.api('DELETE', `/api/messages/${deleted.id}?groupId=${group.id}`);
    await maybeEvict(group.id);
    await settled(group.id, deleted.seq);
    expect(browser.pushes).toEqual([]);
  });

  test('an edit that adds a mention pushes it to those newly named only', async () => {
    const [browser, other] = [await browserOf(grace), await browserOf(linus)];
    const group = await engines();
    await eventually(async () => expect(await wanting(group.id)).toContain(linus.userId));
    await setLevel(group.id, { level: 'mentions' });
    const { id, seq } = await ada.post(group.id, `${mentionOf(linus.userId)} look`);
    await settled(group.id, seq);
    await eventually(() => expect(other.pushes).toHaveLength(1));
    const content = `${mentionOf(linus.userId)} and ${mentionOf(grace.userId)} look`;
    await ada.api('PATCH', `/api/messages/${id}?groupId=${group.id}`, { content });
    await maybeEvict(group.id);
    await eventually(() => expect(browser.bodies()).toEqual(['@Linus and @Grace look']));
    await settled(group.id, seq);
    expect(other.pushes).toHaveLength(1);
  });
});

describeWarmAndEvicted(edgewise, 'a person who is not to be disturbed', (maybeEvict) => {
  test('is neither pushed nor notified on a page, until that ends', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    inbox.send({ type: 'presence', state: 'away' });
    const pause = (until: number | null) =>
      grace.api('PATCH', '/api/users/me/settings', { doNotDisturb: { until } });
    onTestFinished(async () => void (await pause(null)));
    expect((await pause(Date.now() + 3_600_000)).status).toBe(200);
    await edgewise.evictInbox(grace.userId);
    const quiet = await ada.post(group.id, mention());
    await maybeEvict(group.id);
    await settled(group.id, quiet.seq);
    await inbox.next('inbox_update', ({ entry }) => entry.mentions === 1);

    expect((await pause(null)).status).toBe(200);
    const loud = await ada.post(group.id, `${mention()} again`);
    const { notification } = await inbox.next('notification');
    expect(notification.messageId).toBe(loud.id);
    await eventually(() => expect(browser.bodies()).toEqual(['@Grace look again']));
    await inbox.close();
  });
});

describe('a person with an open client', () => {
  test('is not pushed while active, and is while away', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    const first = await ada.post(group.id, mention());
    await settled(group.id, first.seq);
    expect(browser.pushes).toEqual([]);
    inbox.send({ type: 'presence', state: 'away' });
    await ada.post(group.id, `${mention()} again`);
    await eventually(() => expect(browser.bodies()).toEqual(['@Grace look again']));
    await inbox.close();
  });

  test('gets each notifying message once on their own socket, at once, and no other', async () => {
    const group = await ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });
    const before = await ada.post(group.id, 'before');
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    await setLevel(group.id, { level: 'mentions' });
    await ada.post(group.id, 'not for her');
    const named = await ada.post(group.id, mention());
    const { notification } = await inbox.next('notification');
    expect(notification).toMatchObject({ messageId: named.id, reason: 'mention' });
    const content = `before, ${mention()}`;
    await ada.api('PATCH', `/api/messages/${before.id}?groupId=${group.id}`, { content });
    const edited = await inbox.next(
      'notification',
      (event) => event.notification.messageId === before.id,
    );
    expect(edited.notification.body).toBe('before, @Grace look');
    await grace.api('PATCH', `/api/groups/${group.id}/preferences`, { level: 'all' });
    await inbox.next('inbox_update', ({ entry }) => entry.level === 'all');
    expect(inbox.events.filter(({ type }) => type === 'notification')).toHaveLength(2);
    await inbox.close();
  });

  test.for([
    ['warm', () => Promise.resolve()],
    ['after eviction', () => edgewise.evictInbox(grace.userId)],
  ] as const)(
    'gets it also if the Inbox, %s, asks the Room for its state in between, as another client of hers makes it do',
    async ([, maybeEvict]) => {
      const group = await ada.createGroup({ memberIds: [grace.userId], visibility: 'private' });
      const inbox = await grace.connectInbox();
      await inbox.next('inbox_state');
      await ada.post(group.id, 'first');
      await inbox.next('notification');
      await maybeEvict();
      // The Room calls an Inbox once in a second.
      const second = await ada.post(group.id, 'second');
      await edgewise.room(group.id).subscribe(grace.userId);
      const { notification } = await inbox.next('notification');
      expect(notification.messageId).toBe(second.id);
      await inbox.close();
    },
  );
});

describe('a conversation that was pushed', () => {
  test('and read since is named by the next push, so that its notification is closed', async () => {
    const browser = await browserOf(grace);
    const [first, second] = [await engines(), await engines()];
    const { seq } = await ada.post(first.id, mention());
    await eventually(() => expect(browser.pushes).toHaveLength(1));
    const inbox = await grace.connectInbox();
    await inbox.next('inbox_state');
    inbox.send({ type: 'presence', state: 'away' });
    const room = await grace.connect(first.id);
    const { me } = await room.next('thread_state');
    room.send({ type: 'thread_read', seq, mark: me.mark });
    await inbox.next('inbox_update', ({ entry }) => entry.readSeq === seq);
    await room.close();
    await ada.post(second.id, mention());
    await eventually(() => expect(browser.pushes).toHaveLength(2));
    expect(browser.pushes[1]?.payload).toMatchObject({ read: [first.id] });
    await inbox.close();
  });
});

describe('a push service', () => {
  test.each([404, 410])('that answers %i has its subscription deleted', async (status) => {
    const browser = await browserOf(grace);
    const group = await engines();
    browser.answerWith(status);
    const { seq } = await ada.post(group.id, mention());
    await settled(group.id, seq);
    await eventually(() => expect(browser.answered).toEqual([status]));
    const health = await grace.api('GET', `/api/push/subscription/${browser.id}`);
    expect(health.status).toBe(404);
    // The Room hears that nothing is wanted any more.
    await eventually(async () => expect(await wanting(group.id)).toEqual([]));
  });

  test('that answers 500 is tried again later, and keeps its subscription', async () => {
    const browser = await browserOf(grace);
    const group = await engines();
    browser.answerWith(500);
    await ada.post(group.id, mention());
    await eventually(async () => {
      const health = await grace.api('GET', `/api/push/subscription/${browser.id}`);
      expect(health.as(PushHealth).failure).toContain('HTTP 500');
    });
    const [pending] = await edgewise.inboxSql(grace.userId, 'SELECT * FROM pushes');
    expect(pending).toMatchObject({ group_id: group.id, tries: 1 });
    browser.answerWith(201);
    // As if the pause were over.
    await edgewise.inboxSql(grace.userId, 'UPDATE pushes SET due_at = 0');
    await ada.post((await engines()).id, 'another');
    await eventually(() => expect(browser.bodies().toSorted()).toEqual(['@Grace look', 'another']));
  });
});

describe('a subscription', () => {
  test('can be tested, renewed and ended', async () => {
    const browser = await browserOf(grace);
    const path = `/api/push/subscription/${browser.id}`;
    const tested = await grace.api('POST', `${path}/test`);
    expect(tested.as(PushHealth).deliveredAt).toBeDefined();
    expect(browser.pushes.map(({ payload }) => payload)).toEqual([{ type: 'test' }]);
    const again = await grace.api('PUT', '/api/push/subscription', browser.subscription);
    expect(again.as(PushHealth)).toEqual(tested.body);
    browser.answerWith(503);
    const failed = await grace.api('POST', `${path}/test`);
    expect(failed.status).toBe(503);
    expect(failed.body).toMatchObject({ detail: expect.stringContaining('HTTP 503') });
    expect((await linus.api('GET', path)).status).toBe(404);
    expect((await grace.api('DELETE', path)).status).toBe(204);
    expect((await grace.api('POST', `${path}/test`)).status).toBe(404);
  });

  test('is one of at most ten: the one that was renewed longest ago goes', async () => {
    const browsers: (PushedBrowser & { id: string })[] = [];
    for (let n = 0; n <= PUSH_SUBSCRIPTIONS; n += 1) browsers.push(await browserOf(grace));
    const states = await Promise.all(
      browsers.map(({ id }) => grace.api('GET', `/api/push/subscription/${id}`)),
    );
    expect(states.map(({ status }) => status)).toEqual([404, ...browsers.slice(1).map(() => 200)]);
  });

  test.each([
    ['another host', { endpoint: 'https://example.com/push' }],
    ['a host that only ends alike', { endpoint: 'https://evilpush.example/1' }],
    ['this machine', { endpoint: 'https://127.0.0.1/push' }],
    ['another port', { endpoint: 'https://push.example:8443/1' }],
    ['a user', { endpoint: 'https://user@push.example/1' }],
    ['no https', { endpoint: 'http://push.example/1' }],
    ['a key that is none', { keys: { p256dh: 'short', auth: 'short' } }],
  ])('with %s is refused', async (_, change) => {
    const { subscription } = push.browser();
    const put = await grace.api('PUT', '/api/push/subscription', { ...subscription, ...change });
    expect(put.status).toBe(422);
  });
});

test('the configuration has the key to subscribe with', async () => {
  const config: unknown = await (await edgewise.fetch('/api/config')).json();
  expect(AppConfig.safeParse(config).success).toBe(true);
  expect(PushConfig.parse(config).vapidPublicKey).toBe(push.vars['VAPID_PUBLIC_KEY']);
});

test('a message that nobody wants pushed writes nothing for it', async () => {
  const group = await ada.createGroup({ memberIds: [linus.userId], visibility: 'private' });
  await ada.post(group.id, `${mentionOf(linus.userId)} look`);
  expect(await edgewise.roomSql(group.id, 'SELECT * FROM push_position')).toEqual([]);
  const planned = "SELECT task FROM agenda WHERE task = 'notifications'";
  expect(await edgewise.roomSql(group.id, planned)).toEqual([]);
});

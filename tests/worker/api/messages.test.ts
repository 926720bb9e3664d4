import { v7 as uuid7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Message } from '../../../protocol/models.ts';
import { MessagePage } from '../../../protocol/rest.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

async function say(person: Person, groupId: string, content: string, id = uuid7()) {
  return person.api('POST', '/api/messages', { groupId, id, content });
}

describe('sending', () => {
  test('returns 201 with the message, and every socket receives it', async () => {
    const group = await ada.createGroup();
    await grace.join(group.id);
    const socket = await grace.connect(group.id);
    await socket.next('thread_state');
    const id = uuid7();
    const sent = await say(ada, group.id, 'hello', id);
    expect(sent.status).toBe(201);
    expect(sent.as(Message)).toMatchObject({ id, content: 'hello', userId: ada.userId });
    const received = await socket.next('message', ({ message }) => message.id === id);
    expect(received.message).toEqual(sent.as(Message));
    await socket.close();
  });

  test('without an id gives the message one', async () => {
    const group = await ada.createGroup();
    const sent = await ada.api('POST', '/api/messages', { groupId: group.id, content: 'hello' });
    expect(sent.status).toBe(201);
    expect(sent.as(Message).id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a repeated id returns 200 with the existing message', async () => {
    const group = await ada.createGroup();
    const id = uuid7();
    const first = await say(ada, group.id, 'once', id);
    const again = await say(ada, group.id, 'twice?', id);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  test('an id of another author is a conflict', async () => {
    const group = await ada.createGroup();
    await grace.join(group.id);
    const id = uuid7();
    await say(ada, group.id, 'mine', id);
    const refused = await say(grace, group.id, 'mine too', id);
    expect(refused.status).toBe(409);
    expect(refused.as(Problem).code).toBe('conflict');
  });

  test('is forbidden to a non-member of a public group', async () => {
    const group = await ada.createGroup();
    const refused = await say(grace, group.id, 'hello');
    expect(refused.as(Problem).code).toBe('forbidden');
  });

  test.for([
    ['content', { content: '   ' }],
    ['content', { content: 'x'.repeat(8_001) }],
    ['content', { content: 5 }],
    ['id', { id: 'mine' }],
    ['groupId', { groupId: 'general' }],
  ] as const)('is invalid, naming %s, with another', async ([field, wrong]) => {
    const group = await ada.createGroup();
    const refused = await ada.api('POST', '/api/messages', {
      groupId: group.id,
      content: 'hello',
      ...wrong,
    });
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });
});

describe('a page of a timeline', () => {
  let groupId: string;
  let sent: Message[];

  beforeAll(async () => {
    groupId = (await ada.createGroup()).id;
    sent = [];
    for (let n = 0; n < 6; n++) sent.push((await say(ada, groupId, `number ${n}`)).as(Message));
  });

  async function page(where: string) {
    return (await ada.api('GET', `/api/messages?groupId=${groupId}&${where}`)).as(MessagePage);
  }
  const contents = (found: MessagePage) => found.messages.map(({ content }) => content);

  test('without a position is the newest, oldest message first', async () => {
    const found = await page('limit=2');
    expect(contents(found)).toEqual(['number 4', 'number 5']);
    expect(found).toMatchObject({ hasBefore: true, hasAfter: false });
    expect(found.rev).toBeGreaterThanOrEqual(sent.at(-1)?.rev ?? Number.POSITIVE_INFINITY);
    expect(found.users.map(({ id }) => id)).toEqual([ada.userId]);
  });

  test('before or after a seq excludes that seq', async () => {
    expect(contents(await page(`before=${sent[3]?.seq}&limit=2`))).toEqual([
      'number 1',
      'number 2',
    ]);
    expect(contents(await page(`after=${sent[3]?.seq}&limit=2`))).toEqual(['number 4', 'number 5']);
  });

  test('around a seq or a message includes it', async () => {
    for (const place of [sent[3]?.seq, sent[3]?.id]) {
      const found = await page(`around=${place}&limit=3`);
      expect(contents(found)).toContain('number 3');
      expect(found).toMatchObject({ hasBefore: true, hasAfter: true });
    }
  });

  test.for([
    ['around', 'before=3&after=1'],
    ['before', 'before=soon'],
    ['before', 'before='],
    ['around', 'around=there'],
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=many'],
  ] as const)('is invalid, naming %s, for %s', async ([field, where]) => {
    const refused = await ada.api('GET', `/api/messages?groupId=${groupId}&${where}`);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });

  test('requires a group', async () => {
    const refused = await ada.api('GET', '/api/messages');
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual(['groupId']);
  });

  test('is forbidden to non-members', async () => {
    const refused = await grace.api('GET', `/api/messages?groupId=${groupId}`);
    expect(refused.as(Problem).code).toBe('forbidden');
  });

  test('is the same after eviction', async () => {
    const before = await page('limit=100');
    await edgewise.evictRoom(groupId);
    expect(await page('limit=100')).toEqual(before);
  });
});

describe('one message', () => {
  test('is returned to a member', async () => {
    const group = await ada.createGroup();
    const sent = (await say(ada, group.id, 'this one')).as(Message);
    const found = await ada.api('GET', `/api/messages/${sent.id}?groupId=${group.id}`);
    expect(found.as(Message)).toEqual(sent);
  });

  test('is not found in another group, by an unknown id or by a malformed id', async () => {
    const [group, other] = [await ada.createGroup(), await ada.createGroup()];
    const sent = (await say(ada, group.id, 'here only')).as(Message);
    for (const path of [
      `/api/messages/${sent.id}?groupId=${other.id}`,
      `/api/messages/${uuid7()}?groupId=${group.id}`,
      `/api/messages/first?groupId=${group.id}`,
    ]) {
      expect((await ada.api('GET', path)).as(Problem).code).toBe('not_found');
    }
  });

  test("requires the group's id", async () => {
    const refused = await ada.api('GET', `/api/messages/${uuid7()}`);
    expect(refused.as(Problem)).toMatchObject({
      code: 'invalid',
      fields: { groupId: expect.any(String) },
    });
  });
});

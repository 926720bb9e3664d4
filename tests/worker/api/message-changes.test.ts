import { v7 as uuid7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Message } from '../../../protocol/models.ts';
import { MessagePage, PinList, ReactionList } from '../../../protocol/rest.ts';
import { changesAfter, connectedGroup } from '../../support/connected-group.ts';
import type { ApiAnswer, Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
// Requests are limited for each person: Margaret makes those that every route gets.
const { ada, grace, linus, margaret } = edgewise.people('Ada', 'Grace', 'Linus', 'Margaret');

/** A route below a message, with a valid body. */
interface Route {
  method: string;
  below: string;
  body?: object;
}
const THUMB = encodeURIComponent('👍🏽');
const ROUTES: Route[] = [
  { method: 'PATCH', below: '', body: { content: 'changed' } },
  { method: 'DELETE', below: '' },
  { method: 'GET', below: '/reactions' },
  { method: 'PUT', below: `/reactions/${THUMB}` },
  { method: 'DELETE', below: `/reactions/${THUMB}` },
  { method: 'PUT', below: '/pin' },
  { method: 'DELETE', below: '/pin' },
];

function ask(person: Person, { method, below, body }: Route, id: string, groupId?: string) {
  const query = groupId === undefined ? '' : `?groupId=${groupId}`;
  return person.api(method, `/api/messages/${id}${below}${query}`, body);
}

const codeOf = (answer: ApiAnswer) => answer.as(Problem).code;
const fieldsOf = (answer: ApiAnswer) => Object.keys(answer.as(Problem).fields ?? {});

describe.each(ROUTES)('$method /api/messages/:id$below', (route) => {
  test('is forbidden to a non-member of a public group', async () => {
    const group = await ada.createGroup();
    const { id } = await ada.post(group.id, 'hello');
    expect(codeOf(await ask(linus, route, id, group.id))).toBe('forbidden');
  });

  test('answers not found for a private group, as if it did not exist', async () => {
    const hidden = await ada.createGroup({ visibility: 'private' });
    const { id } = await ada.post(hidden.id, 'hello');
    const answers = [
      await ask(linus, route, id, hidden.id),
      await ask(linus, route, uuid7(), uuid7()),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  test('answers not found for a message of another group, an unknown id and a malformed id', async () => {
    const [group, other] = [await margaret.createGroup(), await margaret.createGroup()];
    const { id } = await margaret.post(group.id, 'hello');
    for (const answer of [
      await ask(margaret, route, id, other.id),
      await ask(margaret, route, uuid7(), group.id),
      await ask(margaret, route, 'first', group.id),
    ]) {
      expect(codeOf(answer)).toBe('not_found');
    }
  });

  test("requires the group's id", async () => {
    expect(fieldsOf(await ask(margaret, route, uuid7()))).toEqual(['groupId']);
    expect(fieldsOf(await ask(margaret, route, uuid7(), 'general'))).toEqual(['groupId']);
  });
});

describe('editing', () => {
  test('returns the changed message, and every socket receives the same', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const before = await ada.post(groupId, 'hello');
    const edited = await ada.api('PATCH', `/api/messages/${before.id}?groupId=${groupId}`, {
      content: 'hello, all',
    });
    expect(edited.status).toBe(200);
    const after = edited.as(Message);
    expect(after).toMatchObject({ content: 'hello, all', edited: true, seq: before.seq });
    expect(after.rev).toBe(before.rev + 1);
    const received = { type: 'message_update', rev: after.rev, message: after };
    expect(await adaSocket.next('message_update')).toEqual(received);
    expect(await graceSocket.next('message_update')).toEqual(received);
  });

  test('is allowed to the author only', async () => {
    const { groupId } = await connectedGroup(ada, grace);
    const { id } = await grace.post(groupId, 'hello');
    const refused = await ada.api('PATCH', `/api/messages/${id}?groupId=${groupId}`, {
      content: 'what I meant',
    });
    expect(codeOf(refused)).toBe('forbidden');
  });

  test.for([{ content: '  ' }, { content: 'x'.repeat(8_001) }, { content: 5 }, {}])(
    'is invalid, naming the content, with %j',
    async (body) => {
      const refused = await ada.api('PATCH', `/api/messages/${uuid7()}?groupId=${uuid7()}`, body);
      expect(refused.status).toBe(422);
      expect(fieldsOf(refused)).toEqual(['content']);
    },
  );

  test('is refused in an archived group', async () => {
    const group = await ada.createGroup();
    const { id } = await ada.post(group.id, 'hello');
    await ada.api('PATCH', `/api/groups/${group.id}`, { archived: true });
    const refused = await ada.api('PATCH', `/api/messages/${id}?groupId=${group.id}`, {
      content: 'too late',
    });
    expect(codeOf(refused)).toBe('archived');
  });
});

describe('deleting', () => {
  test('leaves a tombstone, sends one event, and can be repeated', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const { id, seq, rev } = await ada.post(groupId, 'a secret');
    for (let n = 0; n < 2; n += 1) {
      const deleted = await ada.api('DELETE', `/api/messages/${id}?groupId=${groupId}`);
      expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    }
    const found = (await ada.api('GET', `/api/messages/${id}?groupId=${groupId}`)).as(Message);
    expect(found).toMatchObject({ seq, rev: rev + 1, content: '', deletedAt: expect.any(Number) });
    await adaSocket.sync();
    await graceSocket.sync();
    const received = [
      { type: 'message_delete', rev: rev + 1, id, seq, deletedAt: found.deletedAt },
    ];
    expect(changesAfter(adaSocket, rev)).toEqual(received);
    expect(changesAfter(graceSocket, rev)).toEqual(received);
  });

  test("another author's message is allowed to admins", async () => {
    const { groupId } = await connectedGroup(ada, grace);
    const [mine, theirs] = [await ada.post(groupId, 'hello'), await grace.post(groupId, 'hello')];
    const refused = await grace.api('DELETE', `/api/messages/${mine.id}?groupId=${groupId}`);
    expect(codeOf(refused)).toBe('forbidden');
    const deleted = await ada.api('DELETE', `/api/messages/${theirs.id}?groupId=${groupId}`);
    expect(deleted.status).toBe(204);
  });

  test('a deleted message makes its repeated id return the tombstone', async () => {
    const group = await ada.createGroup();
    const { id } = await ada.post(group.id, 'hello');
    await ada.api('DELETE', `/api/messages/${id}?groupId=${group.id}`);
    const body = { groupId: group.id, id, content: 'hello' };
    const again = await ada.api('POST', '/api/messages', body);
    expect(again.status).toBe(200);
    expect(again.as(Message)).toMatchObject({ content: '', deletedAt: expect.any(Number) });
  });
});

describe('reacting', () => {
  const reactTo = (person: Person, method: 'PUT' | 'DELETE', id: string, groupId: string) =>
    person.api(method, `/api/messages/${id}/reactions/${THUMB}?groupId=${groupId}`);

  test('adds a reaction once, sends one event, and can be undone', async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const { id, seq, rev } = await ada.post(groupId, 'hello');
    const added = await reactTo(grace, 'PUT', id, groupId);
    expect(added.status).toBe(200);
    const reaction = { emoji: '👍🏽', count: 1, userIds: [grace.userId] };
    expect(added.as(Message)).toMatchObject({ rev: rev + 1, reactions: [reaction] });
    expect((await reactTo(grace, 'PUT', id, groupId)).body).toEqual(added.body);
    const gone = (await reactTo(grace, 'DELETE', id, groupId)).as(Message);
    expect(gone.rev).toBe(rev + 2);
    expect(gone.reactions).toBeUndefined();
    await adaSocket.sync();
    await graceSocket.sync();
    const event = { type: 'reaction_update', id, seq, emoji: '👍🏽', userId: grace.userId };
    const received = [
      { ...event, rev: rev + 1, op: 'add', count: 1 },
      { ...event, rev: rev + 2, op: 'remove', count: 0 },
    ];
    expect(changesAfter(adaSocket, rev)).toEqual(received);
    expect(changesAfter(graceSocket, rev)).toEqual(received);
  });

  test('lists users by emoji, in order of first use', async () => {
    const { groupId } = await connectedGroup(ada, grace);
    const { id } = await ada.post(groupId, 'hello');
    const react = (person: Person, emoji: string) =>
      person.api(
        'PUT',
        `/api/messages/${id}/reactions/${encodeURIComponent(emoji)}?groupId=${groupId}`,
      );
    await react(grace, '🎉');
    await react(ada, '👀');
    await react(ada, '🎉');
    const listed = await grace.api('GET', `/api/messages/${id}/reactions?groupId=${groupId}`);
    expect(listed.status).toBe(200);
    expect(listed.as(ReactionList)).toEqual({
      items: [
        { emoji: '🎉', count: 2, userIds: [grace.userId, ada.userId] },
        { emoji: '👀', count: 1, userIds: [ada.userId] },
      ],
    });
  });

  test.for(['ok', '👍👍', '👍 ', '%25', '1', '%F0%9F'])(
    'is invalid, naming the emoji, with %s',
    async (emoji) => {
      const path = `/api/messages/${uuid7()}/reactions/${emoji}?groupId=${uuid7()}`;
      for (const method of ['PUT', 'DELETE']) {
        const refused = await ada.api(method, path);
        expect(refused.status).toBe(422);
        expect(fieldsOf(refused)).toEqual(['emoji']);
      }
    },
  );
});

describe('pinning', () => {
  test("lists the message in the group's pins, latest first, until it is unpinned", async () => {
    const { groupId, graceSocket } = await connectedGroup(ada, grace);
    const [first, second] = [await ada.post(groupId, 'hello'), await grace.post(groupId, 'hello')];
    const pin = (method: string, id: string) =>
      grace.api(method, `/api/messages/${id}/pin?groupId=${groupId}`);
    const listed = async () => {
      const answer = await ada.api('GET', `/api/groups/${groupId}/pins`);
      expect(answer.status).toBe(200);
      return answer.as(PinList);
    };
    expect(await listed()).toEqual({ items: [], users: [] });
    const pinned = await pin('PUT', second.id);
    expect(pinned.status).toBe(200);
    expect(pinned.as(Message)).toMatchObject({ pinnedBy: grace.userId, rev: second.rev + 1 });
    expect((await graceSocket.next('message_update')).message).toEqual(pinned.as(Message));
    expect((await pin('PUT', second.id)).body).toEqual(pinned.body);
    await pin('PUT', first.id);
    const both = await listed();
    expect(both.items.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(both.users.map(({ id }) => id).sort()).toEqual([ada.userId, grace.userId].sort());
    expect((await pin('DELETE', first.id)).as(Message).pinnedAt).toBeUndefined();
    await ada.api('DELETE', `/api/messages/${second.id}?groupId=${groupId}`);
    expect((await listed()).items).toEqual([]);
  });

  test('lists pins to members only, and not found for a private group', async () => {
    const [open, hidden] = [
      await ada.createGroup(),
      await ada.createGroup({ visibility: 'private' }),
    ];
    expect(codeOf(await linus.api('GET', `/api/groups/${open.id}/pins`))).toBe('forbidden');
    for (const id of [hidden.id, uuid7(), 'general']) {
      expect(codeOf(await linus.api('GET', `/api/groups/${id}/pins`))).toBe('not_found');
    }
  });
});

describe('replying', () => {
  test("adds a message to its thread only, and sends everyone the root's summary", async () => {
    const { groupId, adaSocket, graceSocket } = await connectedGroup(ada, grace);
    const root = await ada.post(groupId, 'root');
    const sent = await grace.api('POST', '/api/messages', {
      groupId,
      content: 'reply',
      parentId: root.id,
    });
    expect(sent.status).toBe(201);
    const reply = sent.as(Message);
    expect(reply.parentId).toBe(root.id);
    const parent = {
      id: root.id,
      replyCount: 1,
      lastReplyAt: reply.createdAt,
      replyUserIds: [grace.userId],
    };
    for (const socket of [adaSocket, graceSocket]) {
      const received = await socket.next('message', ({ message }) => message.id === reply.id);
      expect(received).toEqual({ type: 'message', rev: reply.rev, message: reply, parent });
    }
    const read = async (where: string) =>
      (await ada.api('GET', `/api/messages?groupId=${groupId}${where}`)).as(MessagePage);
    const timeline = await read('');
    expect(timeline.messages.at(-1)).toMatchObject({ ...parent, rev: reply.rev });
    expect((await read(`&parentId=${root.id}`)).messages).toEqual([reply]);
  });

  test('can be shown in the timeline too', async () => {
    const group = await ada.createGroup();
    const root = await ada.post(group.id, 'hello');
    const reply = await ada.post(group.id, 'hello', { parentId: root.id, alsoToGroup: true });
    const page = await ada.api('GET', `/api/messages?groupId=${group.id}`);
    expect(page.as(MessagePage).messages.at(-1)).toEqual(reply);
    expect(reply.alsoToGroup).toBe(true);
  });

  test('to a reply is invalid and names the parent, and to an unknown message is not found', async () => {
    const group = await ada.createGroup();
    const root = await ada.post(group.id, 'hello');
    const reply = await ada.post(group.id, 'hello', { parentId: root.id });
    const send = (parentId: string) =>
      ada.api('POST', '/api/messages', { groupId: group.id, content: 'nested', parentId });
    expect(fieldsOf(await send(reply.id))).toEqual(['parentId']);
    expect(fieldsOf(await send('the first'))).toEqual(['parentId']);
    expect(codeOf(await send(uuid7()))).toBe('not_found');
  });

  test('returns pages of a thread by position, and not found without a root', async () => {
    const group = await ada.createGroup();
    const root = await ada.post(group.id, 'hello');
    const replies = [];
    for (let n = 0; n < 4; n += 1)
      replies.push(await ada.post(group.id, 'hello', { parentId: root.id }));
    const read = (where: string) =>
      ada.api('GET', `/api/messages?groupId=${group.id}&parentId=${where}`);
    const middle = (await read(`${root.id}&before=${replies[3]?.seq}&limit=2`)).as(MessagePage);
    expect(middle.messages).toEqual(replies.slice(1, 3));
    expect(middle).toMatchObject({ hasBefore: true, hasAfter: true });
    expect(codeOf(await read(replies[0]?.id ?? ''))).toBe('not_found');
    expect(codeOf(await read(uuid7()))).toBe('not_found');
    expect(fieldsOf(await read('first'))).toEqual(['parentId']);
  });
});

test('what is no file is refused as an attachment and named, because dropping it would change the message', async () => {
  const group = await ada.createGroup();
  const refused = await ada.api('POST', '/api/messages', {
    groupId: group.id,
    content: 'look',
    attachments: ['file'],
  });
  expect(fieldsOf(refused)).toEqual(['attachments.0']);
});

import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  MEMBERS_IN_STATE,
  RESUME_BYTES,
  RESUME_ROWS,
  TIMELINE_PAGE,
} from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import { memberWhoMay } from '../../../worker/room/rules/permissions.ts';
import {
  type EphemeralState,
  messagePage,
  threadState,
} from '../../../worker/room/rules/thread-state.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;
const nobody: EphemeralState = { presence: [], typing: [] };

function say(room: NodeRoom, userId: string, content: string, id = uuidv7()): Message {
  const sent = room.conversation.send(userId, { id, content });
  if (!sent.ok) throw new Error(sent.failure.detail);
  return sent.value.message;
}

function codeOf(result: { ok: true } | { ok: false; failure: { code: string } }): string {
  return result.ok ? 'ok' : result.failure.code;
}

function me(room: NodeRoom, userId = ada) {
  const member = memberWhoMay(room.store, userId, 'read');
  if (!member.ok) throw new Error(member.failure.detail);
  return member.value;
}

describe('a new group', () => {
  it('starts at rev 1 and gives each change the next rev', () => {
    const room = nodeRoom(['Grace']);
    expect(room.events.map((event) => [event.type, event.rev])).toEqual([
      ['group_update', 1],
      ['member_update', 2],
      ['member_update', 3],
      ['message', 4],
    ]);
    expect(room.store.group()).toMatchObject({ memberCount: 2, lastSeq: 4, rev: 1 });
  });
});

describe('send', () => {
  it('takes the next rev as seq and rev, and sends one event', () => {
    const room = nodeRoom();
    const before = room.store.counter();
    const message = say(room, ada, 'hello');
    expect(message).toMatchObject({ seq: before + 1, rev: before + 1, content: 'hello' });
    expect(room.events.at(-1)).toEqual({ type: 'message', rev: before + 1, message });
  });

  it('returns the same message for a repeat by the same author, without a new row or event', () => {
    const room = nodeRoom();
    const id = uuidv7();
    const first = say(room, ada, 'once', id);
    const before = room.events.length;
    const again = room.conversation.send(ada, { id, content: 'twice' });
    expect(again).toEqual({ ok: true, value: { message: first, created: false } });
    expect(room.events.length).toBe(before);
    expect(room.store.counter()).toBe(first.rev);
  });

  it("refuses the id of another author's message, and of a system line", () => {
    const room = nodeRoom(['Grace']);
    const id = uuidv7();
    say(room, ada, 'mine', id);
    expect(codeOf(room.conversation.send(grace, { id, content: 'mine too' }))).toBe('conflict');
    const line = room.store.messages
      .before({ timeline: true }, Number.MAX_SAFE_INTEGER, 10)
      .find((row) => row.system);
    expect(codeOf(room.conversation.send(ada, { id: line?.id ?? '', content: 'x' }))).toBe(
      'conflict',
    );
  });

  it('refuses non-members, and hides a private group from them', () => {
    const open = nodeRoom();
    expect(codeOf(open.conversation.send(grace, { id: uuidv7(), content: 'x' }))).toBe('forbidden');
    const hidden = nodeRoom([], 'private');
    expect(codeOf(hidden.conversation.send(grace, { id: uuidv7(), content: 'x' }))).toBe(
      'not_found',
    );
    expect(codeOf(hidden.settings.group(grace))).toBe('not_found');
    expect(codeOf(hidden.membership.join(person('Grace')))).toBe('not_found');
  });

  it('refuses in an archived group, but still answers a repeat', () => {
    const room = nodeRoom();
    const id = uuidv7();
    const message = say(room, ada, 'before', id);
    room.settings.change(ada, { archived: true });
    expect(codeOf(room.conversation.send(ada, { id: uuidv7(), content: 'after' }))).toBe(
      'archived',
    );
    expect(codeOf(room.membership.join(person('Grace')))).toBe('archived');
    expect(room.conversation.send(ada, { id, content: 'before' })).toMatchObject({
      value: { message, created: false },
    });
    room.settings.change(ada, { archived: false });
    expect(codeOf(room.conversation.send(ada, { id: uuidv7(), content: 'again' }))).toBe('ok');
  });
});

describe('members', () => {
  it('join and leave with a count and one event, and repeats change nothing', () => {
    const room = nodeRoom();
    expect(codeOf(room.membership.join(person('Grace')))).toBe('ok');
    expect(room.store.group().memberCount).toBe(2);
    const before = room.events.length;
    expect(codeOf(room.membership.join(person('Grace')))).toBe('ok');
    expect(room.events.length).toBe(before);
    expect(codeOf(room.membership.leave(grace))).toBe('ok');
    expect(room.events.slice(before).map((event) => event.type)).toEqual([
      'message',
      'member_update',
    ]);
    expect(room.store.group().memberCount).toBe(1);
    expect(codeOf(room.membership.leave(grace))).toBe('ok');
    expect(room.events.length).toBe(before + 2);
    expect(codeOf(room.conversation.send(grace, { id: uuidv7(), content: 'x' }))).toBe('forbidden');
  });

  it('rejoin as members, and the last owner cannot leave', () => {
    const room = nodeRoom(['Grace']);
    expect(codeOf(room.membership.leave(ada))).toBe('conflict');
    room.membership.leave(grace);
    room.membership.join(person('Grace'));
    expect(me(room, grace)).toMatchObject({ role: 'member' });
    expect(me(room, grace).leftAt).toBeUndefined();
  });

  it('receive a changed profile once', () => {
    const room = nodeRoom(['Grace']);
    const before = room.events.length;
    room.membership.updateProfile({ ...person('Grace'), name: 'Rear Admiral Grace' });
    room.membership.updateProfile({ ...person('Grace'), name: 'Rear Admiral Grace' });
    room.membership.updateProfile(person('Stranger'));
    expect(room.events.slice(before)).toMatchObject([
      { type: 'member_update', member: { user: { name: 'Rear Admiral Grace' } } },
    ]);
  });
});

describe('change', () => {
  it('is allowed to owners and admins, writes one event and one system line, and nothing if nothing changes', () => {
    const room = nodeRoom(['Grace']);
    expect(codeOf(room.settings.change(grace, { name: 'Mine' }))).toBe('forbidden');
    const before = room.events.length;
    room.settings.change(ada, { name: 'Looms', topic: 'Jacquard' });
    expect(room.events.slice(before)).toMatchObject([
      { type: 'group_update', group: { name: 'Looms', topic: 'Jacquard' } },
      { type: 'message', message: { system: { kind: 'renamed', text: 'Looms' } } },
      { type: 'message', message: { system: { kind: 'topic', text: 'Jacquard' } } },
    ]);
    room.settings.change(ada, { name: 'Looms' });
    expect(room.events.length).toBe(before + 3);
  });
});

describe('the state of the group', () => {
  it('is the complete newest page for a client that is new, has another epoch, or is ahead of the Room', () => {
    const room = nodeRoom();
    for (let n = 0; n < TIMELINE_PAGE + 10; n += 1) say(room, ada, `message ${n}`);
    const counter = room.store.counter();
    for (const position of [
      {},
      { since: counter, epoch: 'another' },
      { since: counter + 1, epoch: 'epoch-1' },
      { since: 3 },
    ]) {
      const state = threadState(room.store, me(room), position, nobody);
      expect(state).toMatchObject({ reset: true, rev: counter, hasBefore: true });
      expect(state.messages.map((message) => message.seq)).toEqual(
        Array.from({ length: TIMELINE_PAGE }, (_, n) => counter - TIMELINE_PAGE + 1 + n),
      );
    }
  });

  it('is exactly what changed since, by rev, including members who left', () => {
    const room = nodeRoom(['Grace']);
    const since = room.store.counter();
    const message = say(room, grace, 'bye');
    room.membership.leave(grace);
    const state = threadState(room.store, me(room), { since, epoch: 'epoch-1' }, nobody);
    expect(state.reset).toBe(false);
    expect(state.messages.map((row) => row.content || row.system?.kind)).toEqual(['bye', 'left']);
    expect(state.messages[0]).toEqual(message);
    expect(state.members).toMatchObject([{ userId: grace }]);
    expect(state.members[0]?.leftAt).toBeDefined();
  });

  it('includes authors who are not in its members', () => {
    const room = nodeRoom(['Grace']);
    say(room, grace, 'hello');
    room.membership.leave(grace);
    const state = threadState(room.store, me(room), {}, nobody);
    expect(state.members.map((member) => member.userId)).toEqual([ada]);
    expect(state.users.map((user) => user.id)).toEqual([grace]);
  });

  it('lists in a large group me and some of those who are present, and counts them', () => {
    const names = Array.from({ length: MEMBERS_IN_STATE }, (_, n) => `Member-${n}`);
    const room = nodeRoom(names.slice(1));
    const present = names.slice(10, 20).map((name) => person(name).id);
    const large: EphemeralState = { ...nobody, large: { presentCount: 70, present } };
    expect(threadState(room.store, me(room), {}, nobody).members).toHaveLength(MEMBERS_IN_STATE);
    room.membership.join(person('Member-0'));
    const state = threadState(room.store, me(room), {}, large);
    expect(state.members.map(({ userId }) => userId).sort()).toEqual([ada, ...present].sort());
    expect(state.presentCount).toBe(70);
    // While the group is loaded back nobody is present.
    const restored = threadState(room.store, me(room), {}, nobody);
    expect(restored.members.map(({ userId }) => userId)).toEqual([ada]);
  });

  it('resets past 500 changed rows, and not at 500', () => {
    const room = nodeRoom();
    const since = room.store.counter();
    for (let n = 0; n < RESUME_ROWS; n += 1) say(room, ada, `message ${n}`);
    const at = { since, epoch: 'epoch-1' };
    expect(threadState(room.store, me(room), at, nobody)).toMatchObject({ reset: false });
    expect(threadState(room.store, me(room), at, nobody).messages.length).toBe(RESUME_ROWS);
    say(room, ada, 'one more');
    expect(threadState(room.store, me(room), at, nobody)).toMatchObject({ reset: true });
  });

  it('resets past 1 MiB', () => {
    const room = nodeRoom();
    const since = room.store.counter();
    const characters = 8_000;
    for (let bytes = 0; bytes <= RESUME_BYTES; bytes += characters * 3) {
      say(room, ada, '漢'.repeat(characters));
    }
    const state = threadState(room.store, me(room), { since, epoch: 'epoch-1' }, nobody);
    expect(state.reset).toBe(true);
  });

  it('brings a client at any earlier rev to the same rows', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('send' as const),
        by: fc.nat(3),
        text: fc.string({ minLength: 1 }),
      }),
      fc.record({ do: fc.constant('join' as const), by: fc.nat(3) }),
      fc.record({ do: fc.constant('leave' as const), by: fc.nat(3) }),
      fc.record({ do: fc.constant('rename' as const), name: fc.string({ minLength: 1 }) }),
    );
    const names = ['Grace', 'Linus', 'Margaret', 'Alan'];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(80), (steps, stop) => {
        const room = nodeRoom();
        const rows = new Map<string, Message>();
        let since = 0;
        const follow = () => {
          const state = threadState(room.store, me(room), { since, epoch: 'epoch-1' }, nobody);
          for (const message of state.messages) rows.set(message.id, message);
          since = state.rev;
        };
        steps.forEach((next, index) => {
          const user = 'by' in next ? person(names[next.by] ?? 'Grace') : undefined;
          if (next.do === 'send' && user)
            room.conversation.send(user.id, { id: uuidv7(), content: next.text });
          if (next.do === 'join' && user) room.membership.join(user);
          if (next.do === 'leave' && user) room.membership.leave(user.id);
          if (next.do === 'rename') room.settings.change(ada, { name: next.name });
          if (index % (stop + 1) === stop) follow();
        });
        follow();
        const all = room.store.messages.before({ timeline: true }, Number.MAX_SAFE_INTEGER, 1_000);
        expect([...rows.values()].sort((a, b) => a.seq - b.seq)).toEqual(all);
        const revs = room.events.map((event) => event.rev);
        expect(revs).toEqual(revs.map((_, index) => index + 1));
      }),
    );
  });
});

describe('pages', () => {
  it('cover the timeline without gaps or overlaps, in either direction', () => {
    const room = nodeRoom();
    for (let n = 0; n < 40; n += 1) say(room, ada, `message ${n}`);
    const all = room.store.messages.before({ timeline: true }, Number.MAX_SAFE_INTEGER, 1_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 17 }), (limit) => {
        const older: Message[] = [];
        for (let before: number | undefined; ; ) {
          const page = messagePage(room.store, { limit, before });
          if (!page.ok) throw new Error(page.failure.detail);
          older.unshift(...page.value.messages);
          before = page.value.messages[0]?.seq;
          if (!page.value.hasBefore) break;
        }
        expect(older).toEqual(all);
        const newer: Message[] = [];
        for (let after = 0; ; ) {
          const page = messagePage(room.store, { limit, after });
          if (!page.ok) throw new Error(page.failure.detail);
          newer.push(...page.value.messages);
          after = page.value.messages.at(-1)?.seq ?? after;
          if (!page.value.hasAfter) break;
        }
        expect(newer).toEqual(all);
      }),
    );
  });

  it('can be centred on a message by seq or id, and say whether more lies on either side', () => {
    const room = nodeRoom();
    const sent = Array.from({ length: 30 }, (_, n) => say(room, ada, `message ${n}`));
    const middle = sent[15];
    if (!middle) throw new Error('sent nothing');
    for (const around of [middle.id, middle.seq]) {
      const page = messagePage(room.store, { limit: 10, around });
      expect(page).toMatchObject({ ok: true, value: { hasBefore: true, hasAfter: true } });
      const seqs = page.ok ? page.value.messages.map((message) => message.seq) : [];
      expect(seqs).toEqual(Array.from({ length: 10 }, (_, n) => middle.seq - 5 + n));
    }
    expect(codeOf(messagePage(room.store, { limit: 10, around: uuidv7() }))).toBe('not_found');
  });
});

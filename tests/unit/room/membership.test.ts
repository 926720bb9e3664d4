import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../protocol/errors.ts';
import { JOINS_PER_HOUR } from '../../../protocol/limits.ts';
import type { MemberRole } from '../../../protocol/models.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;
const linus = person('Linus').id;

/** The tables that a deleted group still needs: its mark, what it has to do, whom it refuses. */
const KEPT_TABLES = new Set(['group_state', 'agenda', 'revoked', 'schema_version']);

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);
const linesSince = (room: NodeRoom, before: number) =>
  room.events
    .slice(before)
    .flatMap((event) => (event.type === 'message' ? event.message.system : []));
const roleOf = (room: NodeRoom, userId: string) => room.store.members.find(userId)?.role;

/** A group of Ada with Grace in this role, and Linus as a member. */
function withGraceAs(role: MemberRole): NodeRoom {
  const room = nodeRoom(['Grace', 'Linus']);
  if (role !== 'member') room.membership.setRole(ada, grace, role);
  return room;
}

describe('adding people', () => {
  it('makes them members with one line, and leaves members as they are', () => {
    const room = withGraceAs('admin');
    const before = room.events.length;
    const people = ['Linus', 'Hedy', 'Alan'].map(person);
    expect(codeOf(room.membership.add(grace, people, 'member'))).toBe('ok');
    expect(room.events.slice(before).map(({ type }) => type)).toEqual([
      'member_update',
      'member_update',
      'message',
    ]);
    expect(linesSince(room, before)).toEqual([
      { kind: 'added', userIds: [person('Hedy').id, person('Alan').id] },
    ]);
    expect(room.store.group().memberCount).toBe(5);
    room.membership.add(grace, people, 'member');
    expect(room.events).toHaveLength(before + 3);
  });

  it('adds guests, who stay guests when they leave and come back', () => {
    const room = nodeRoom();
    room.membership.add(ada, [person('Grace')], 'guest');
    expect(roleOf(room, grace)).toBe('guest');
    room.membership.leave(grace);
    room.membership.join(person('Grace'));
    expect(roleOf(room, grace)).toBe('guest');
  });

  it('is refused to members and guests, and in an archived group', () => {
    const hedy = [person('Hedy')];
    expect(codeOf(withGraceAs('member').membership.add(grace, hedy, 'member'))).toBe('forbidden');
    expect(codeOf(withGraceAs('guest').membership.add(grace, hedy, 'member'))).toBe('forbidden');
    const room = nodeRoom();
    room.settings.change(ada, { archived: true });
    expect(codeOf(room.membership.add(ada, hedy, 'member'))).toBe('archived');
  });
});

describe('what was there before someone joined', () => {
  it('counts as read', () => {
    const room = nodeRoom();
    for (let n = 0; n < 3; n += 1) {
      room.conversation.send(ada, { id: uuidv7(), content: `old <@all> ${n}` });
    }
    room.membership.join(person('Grace'));
    const { readSeq } = room.store.cursors.cursor(grace);
    expect(room.store.messages.timeline.countUnread(grace, readSeq, 100)).toEqual({
      unread: 0,
      mentions: 0,
    });
    room.conversation.send(ada, { id: uuidv7(), content: 'new <@all>' });
    expect(room.store.messages.timeline.countUnread(grace, readSeq, 100)).toEqual({
      unread: 1,
      mentions: 1,
    });
  });

  it('is not shown as read by them, nor as delivered', () => {
    const room = nodeRoom();
    room.conversation.send(ada, { id: uuidv7(), content: 'old' });
    room.membership.join(person('Grace'));
    expect(room.store.cursors.cursor(grace)).toMatchObject({ readAt: null, deliveredSeq: 0 });
  });

  it('does not move a cursor back that a Room loaded from D1 has further', () => {
    const room = nodeRoom();
    const loaded = { userId: grace, readSeq: 1_000, readAt: 5, deliveredSeq: 1_000, mark: 0 };
    room.store.cursors.put(loaded);
    room.membership.join(person('Grace'));
    expect(room.store.cursors.cursor(grace)).toEqual(loaded);
  });

  it('counts as read in threads that someone followed before they left', () => {
    const room = nodeRoom(['Grace']);
    const rootId = uuidv7();
    room.conversation.send(grace, { id: rootId, content: 'root' });
    room.conversation.send(ada, { id: uuidv7(), content: 'a reply', parentId: rootId });
    room.membership.leave(grace);
    room.conversation.send(ada, { id: uuidv7(), content: 'unheard', parentId: rootId });
    room.membership.join(person('Grace'));
    expect(room.store.follows.followed(grace, { limit: 10 })).toMatchObject([{ unread: 0 }]);
  });
});

describe('removing someone', () => {
  it('writes the line first and then the member, and a repeat changes nothing', () => {
    const room = withGraceAs('admin');
    const before = room.events.length;
    expect(codeOf(room.membership.remove(grace, linus))).toBe('ok');
    expect(room.events.slice(before).map(({ type }) => type)).toEqual(['message', 'member_update']);
    expect(linesSince(room, before)).toEqual([{ kind: 'removed', userIds: [linus] }]);
    expect(codeOf(room.membership.remove(grace, linus))).toBe('ok');
    expect(room.events).toHaveLength(before + 2);
    expect(codeOf(room.conversation.send(linus, { id: uuidv7(), content: 'x' }))).toBe('forbidden');
  });

  it('is not_found for someone who was never a member', () => {
    expect(codeOf(nodeRoom().membership.remove(ada, grace))).toBe('not_found');
  });
});

describe('roles', () => {
  it('change with one event and one line; the same role changes nothing', () => {
    const room = nodeRoom(['Grace']);
    const before = room.events.length;
    expect(room.membership.setRole(ada, grace, 'admin')).toMatchObject({
      value: { role: 'admin' },
    });
    expect(linesSince(room, before)).toEqual([{ kind: 'role', userIds: [grace], text: 'admin' }]);
    room.membership.setRole(ada, grace, 'admin');
    expect(room.events).toHaveLength(before + 2);
  });

  it('let an owner hand over the group and leave', () => {
    const room = nodeRoom(['Grace']);
    expect(codeOf(room.membership.setRole(ada, ada, 'member'))).toBe('conflict');
    expect(codeOf(room.membership.setRole(ada, grace, 'owner'))).toBe('ok');
    expect(codeOf(room.membership.leave(ada))).toBe('ok');
    expect(codeOf(room.membership.leave(grace))).toBe('conflict');
  });

  it.for<[MemberRole, MemberRole, string]>([
    ['admin', 'member', 'ok'],
    ['admin', 'guest', 'ok'],
    ['admin', 'owner', 'forbidden'],
    ['member', 'guest', 'ok'],
    ['member', 'admin', 'forbidden'],
    ['guest', 'member', 'forbidden'],
  ])('of oneself may only be lowered: %s to %s is %s', ([from, to, code]) => {
    expect(codeOf(withGraceAs(from).membership.setRole(grace, grace, to))).toBe(code);
  });

  it('are not_found for former members', () => {
    const room = nodeRoom(['Grace']);
    room.membership.leave(grace);
    expect(codeOf(room.membership.setRole(ada, grace, 'admin'))).toBe('not_found');
  });
});

describe('a deleted group', () => {
  it('holds nothing more, and looks to everyone as if it had never been', () => {
    const room = nodeRoom(['Grace']);
    room.conversation.send(grace, { id: uuidv7(), content: 'secret' });
    expect(codeOf(room.settings.delete(grace))).toBe('forbidden');
    const epoch = room.store.epoch();
    const counter = room.store.counter();
    expect(codeOf(room.settings.delete(ada))).toBe('ok');
    for (const userId of [ada, grace, linus]) {
      expect(codeOf(room.settings.group(userId))).toBe('not_found');
      expect(codeOf(room.settings.delete(userId))).toBe('not_found');
      expect(codeOf(room.conversation.send(userId, { id: uuidv7(), content: 'x' }))).toBe(
        'not_found',
      );
    }
    expect(codeOf(room.membership.join(person('Grace')))).toBe('not_found');
    expect(room.store.group()).toMatchObject({ name: '', topic: '', memberCount: 0, lastSeq: 0 });
    const tables = room.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .toArray()
      .filter(({ name }) => !KEPT_TABLES.has(name));
    expect(tables.length).toBeGreaterThan(5);
    for (const { name } of tables) {
      expect([name, room.sql.exec(`SELECT * FROM ${name}`).toArray()]).toEqual([name, []]);
    }
    expect(room.store.epoch()).toBe(epoch);
    expect(room.store.counter()).toBe(counter + 1);
  });
});

describe('joining the same group again and again', () => {
  const HOUR = 60 * 60_000;

  /** Grace joins and leaves this often, a second for each. */
  function bounce(room: NodeRoom, times: number): void {
    for (let n = 0; n < times; n += 1) {
      expect(codeOf(room.membership.join(person('Grace')))).toBe('ok');
      room.membership.leave(grace);
      room.pass(1_000);
    }
  }

  it('is refused above the limit of an hour, and changes nothing; the refusal says how long', () => {
    const room = nodeRoom();
    bounce(room, JOINS_PER_HOUR);
    const before = room.events.length;
    const refused = room.membership.join(person('Grace'));
    const retryAfterMs = HOUR - JOINS_PER_HOUR * 1_000;
    expect(refused).toMatchObject({
      failure: {
        code: 'rate_limited',
        detail: 'You have joined this group 5 times within an hour. Try again in 60 minutes.',
        retryAfterMs,
      },
    });
    expect(room.events).toHaveLength(before);
    room.pass(retryAfterMs - 1);
    expect(codeOf(room.membership.join(person('Grace')))).toBe('rate_limited');
    room.pass(1);
    expect(codeOf(room.membership.join(person('Grace')))).toBe('ok');
  });

  it('is refused after a removal too, and with an invitation', () => {
    const room = nodeRoom();
    for (let n = 0; n < JOINS_PER_HOUR; n += 1) {
      room.membership.join(person('Grace'));
      room.membership.remove(ada, grace);
    }
    const invitation = { invitedBy: ada, invitedAt: Date.UTC(2027, 0, 1), role: 'member' } as const;
    expect(codeOf(room.membership.joinInvited(person('Grace'), invitation))).toBe('rate_limited');
  });

  it('is no matter for other people, for a member, or for who is added', () => {
    const room = nodeRoom();
    bounce(room, JOINS_PER_HOUR);
    expect(codeOf(room.membership.join(person('Linus')))).toBe('ok');
    expect(codeOf(room.membership.add(ada, [person('Grace')], 'member'))).toBe('ok');
    expect(codeOf(room.membership.join(person('Grace')))).toBe('ok');
    for (let n = 0; n < JOINS_PER_HOUR; n += 1) {
      room.membership.remove(ada, grace);
      room.membership.add(ada, [person('Grace')], 'member');
    }
    expect(roleOf(room, grace)).toBe('member');
  });

  it('is found by an index that holds nothing but joins', () => {
    const { sql } = nodeRoom();
    const plan = sql.exec(
      `EXPLAIN QUERY PLAN SELECT created_at FROM messages WHERE system ->> 'kind' = 'joined' AND user_id = 'x'
       ORDER BY seq DESC LIMIT 1 OFFSET 4`,
    );
    expect(plan.toArray().map(({ detail }) => detail)).toEqual([
      expect.stringContaining('USING INDEX messages_joined'),
    ]);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import {
  PAGE_MAX,
  TIMELINE_PAGE,
  UNREAD_IN_STATE,
  UNREAD_SHOWN,
} from '../../../protocol/limits.ts';
import { MemberList, MessagePage } from '../../../protocol/rest.ts';
import { eventually } from '../../support/eventually.ts';
import type { Person } from '../../support/person.ts';
import { rowsReadIn } from '../../support/room-costs.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const ROWS = 20_000;
/** The distance in rows from one message of the timeline to the next; the rows between them are replies in one thread. */
const APART = 400;
const MEMBERS = 10_000;
/** Whatever is read: the group, its members, cursors, follows, and what a Room reads when it wakes. */
const ASIDE = 60;
/** How many rows an unread count reads before it goes from message to message. */
const RUN = 250;

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

/** Numbers from 1, the rows of a table that a test writes. */
const NUMBERED = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)';
const ID = "printf('0199a000-0000-7000-8000-%012d', i)";

interface Group {
  groupId: string;
  /** The seq of the last message that was sent; the rows that a test writes follow it. */
  last: number;
}

/** Waits until D1 has the group up to `rev`: the Room reads what it writes there. */
async function mirrored(groupId: string, rev: number): Promise<void> {
  await eventually(async () => {
    const [row] = await edgewise.roomSql(groupId, 'SELECT mirrored_messages_rev FROM group_state');
    expect(row).toEqual({ mirrored_messages_rev: rev });
  });
}

/** A group of Ada and Grace, who has read nothing since she joined, with more rows as if they had been sent. */
async function groupWith(select: string, ...bindings: unknown[]): Promise<Group> {
  const { id: groupId } = await ada.createGroup();
  await grace.join(groupId);
  const { seq: last } = await ada.post(groupId, 'root');
  await mirrored(groupId, last);
  await edgewise.roomSql(
    groupId,
    `INSERT INTO messages (seq, id, rev, user_id, content, created_at, parent_seq, timeline_before, written_before)
     ${NUMBERED} ${select}`,
    ROWS,
    ada.userId,
    last,
    ...bindings,
  );
  // D1 would get all of it, and the Room read it for that.
  const counter = last + ROWS;
  await edgewise.roomSql(groupId, 'UPDATE group_state SET mirrored_messages_rev = ?', counter);
  await edgewise.db
    .prepare('UPDATE groups SET counter = ? WHERE id = ?')
    .bind(counter, groupId)
    .run();
  await edgewise.evictRoom(groupId);
  return { groupId, last };
}

/** Threads, with a message of the timeline only here and there. */
const threads = () =>
  groupWith(
    `SELECT ?3 + i, ${ID}, ?3 + i, ?2, 'n ' || i, i,
       iif(i % ?4 = 0, NULL, ?3), iif(i % ?4 = 0, NULL, ?3 + i - i % ?4), iif(i % ?4 = 0, NULL, ?3 + i - i % ?4)
     FROM n`,
    APART,
  );
const messages = () =>
  groupWith(`SELECT ?3 + i, ${ID}, ?3 + i, ?2, 'n ' || i, i, NULL, NULL, NULL FROM n`);

/** A group of Ada and as many others as a group may have. */
async function manyMembers(): Promise<string> {
  const { id: groupId, lastSeq } = await ada.createGroup();
  await mirrored(groupId, lastSeq);
  // Nobody has an Inbox that would be told.
  await edgewise.roomSql(
    groupId,
    `INSERT INTO members (user_id, role, joined_at, rev, fed, profile) ${NUMBERED}
     SELECT 'user_' || i, 'member', i, 1, 0, json_object('id', 'user_' || i, 'name', printf('Member %05d', i),
       'handle', 'member' || i, 'imageUrl', '', 'role', 'member') FROM n`,
    MEMBERS - 1,
  );
  await edgewise.roomSql(groupId, 'UPDATE group_state SET member_count = ?', MEMBERS);
  await edgewise.evictRoom(groupId);
  return groupId;
}

describe.each([
  { name: 'a warm Room', isWarm: true },
  { name: 'a Room that wakes', isWarm: false },
])('$name reads', ({ isWarm }) => {
  /** The rows that the Room reads for some work, with those that it reads to wake. */
  async function rowsRead(groupId: string, work: () => Promise<unknown>): Promise<number> {
    // A cold Room counts from 0.
    if (!isWarm) await edgewise.evictRoom(groupId);
    const before = isWarm ? await rowsReadIn(edgewise.url, groupId) : 0;
    await work();
    return (await rowsReadIn(edgewise.url, groupId)) - before;
  }

  const pageOf = async (person: Person, groupId: string, query: string) =>
    (await person.api('GET', `/api/messages?groupId=${groupId}&limit=50&${query}`)).as(MessagePage);

  describe(`in a group where ${ROWS} replies stand between ${ROWS / APART} messages`, () => {
    let group: Group;
    beforeAll(async () => {
      group = await threads();
    });
    const seqOf = (nth: number) => group.last + nth * APART;

    it('a few rows for each message of a page, the newest or an older one', async () => {
      for (const [query, expected] of [
        ['', 50],
        [`before=${seqOf(41)}`, 40],
      ] as const) {
        let page: MessagePage | undefined;
        const read = await rowsRead(group.groupId, async () => {
          page = await pageOf(ada, group.groupId, query);
        });
        expect(page?.messages.at(-1)?.seq).toBe(seqOf(expected));
        expect(read).toBeLessThanOrEqual(ASIDE + 8 * TIMELINE_PAGE);
      }
    });

    it('for each message of a newer page as many as it takes to halve the distance', async () => {
      let page: MessagePage | undefined;
      const read = await rowsRead(group.groupId, async () => {
        page = await pageOf(ada, group.groupId, `after=${group.last}`);
      });
      expect(page?.messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 50 }, (_, nth) => seqOf(nth + 1)),
      );
      expect(read).toBeLessThanOrEqual(ASIDE + TIMELINE_PAGE * (10 + 2 * Math.log2(APART)));
    });

    it('the unread messages and not the replies, for a state and for a list of groups', async () => {
      let unread: number | undefined;
      const state = await rowsRead(group.groupId, async () => {
        const socket = await grace.connect(group.groupId);
        ({ unread } = (await socket.next('thread_state')).me);
        await socket.close();
      });
      expect(unread).toBe(ROWS / APART + 1);
      expect(state).toBeLessThanOrEqual(2 * ASIDE + RUN + 11 * TIMELINE_PAGE);
      const entry = await rowsRead(group.groupId, async () => {
        const answered = await edgewise.room(group.groupId).subscribe(grace.userId);
        unread = answered.ok ? answered.value.entry?.unread : undefined;
      });
      expect(unread).toBe(ROWS / APART + 1);
      expect(entry).toBeLessThanOrEqual(ASIDE + RUN + 4 * TIMELINE_PAGE);
    });
  });

  it(`at most so many unread messages as are counted, of ${ROWS}`, async () => {
    const { groupId } = await messages();
    let unread: number | undefined;
    const state = await rowsRead(groupId, async () => {
      const socket = await grace.connect(groupId);
      ({ unread } = (await socket.next('thread_state')).me);
      await socket.close();
    });
    expect(unread).toBe(UNREAD_IN_STATE);
    expect(state).toBeLessThanOrEqual(2 * ASIDE + 8 * TIMELINE_PAGE + 2 * UNREAD_IN_STATE);
    const entry = await rowsRead(groupId, async () => {
      const answered = await edgewise.room(groupId).subscribe(grace.userId);
      unread = answered.ok ? answered.value.entry?.unread : undefined;
    });
    expect(unread).toBe(UNREAD_SHOWN);
    expect(entry).toBeLessThanOrEqual(ASIDE + 2 * UNREAD_IN_STATE);
  });

  it(`one page of ${MEMBERS} members`, async () => {
    const groupId = await manyMembers();
    const path = `/api/groups/${groupId}/members`;
    // The rows of this test have no keys of names yet.
    const first = (await ada.api('GET', `${path}?limit=${PAGE_MAX}`)).as(MemberList);
    expect(first.items[0]?.userId).toBe(ada.userId);
    for (const query of [`cursor=${first.next}`, 'query=MEMBER 07']) {
      let page: typeof first | undefined;
      const read = await rowsRead(groupId, async () => {
        page = (await ada.api('GET', `${path}?limit=${PAGE_MAX}&${query}`)).as(MemberList);
      });
      expect(page?.items).toHaveLength(PAGE_MAX);
      expect(page?.next).toBeDefined();
      // A Room that wakes learns once whose Inbox listens.
      const waking = isWarm ? 0 : MEMBERS;
      expect(read - waking).toBeLessThanOrEqual(ASIDE + 2 * PAGE_MAX);
    }
  });
});

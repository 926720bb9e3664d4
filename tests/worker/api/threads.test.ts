import { v7 as uuid7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { Problem } from '../../../protocol/errors.ts';
import { ThreadList } from '../../../protocol/threads.ts';
import type { Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** A group of Ada and Grace. */
async function sharedGroup(): Promise<string> {
  const group = await ada.createGroup();
  await grace.join(group.id);
  return group.id;
}

async function threadsOf(person: Person, groupId: string, more = '') {
  const answer = await person.api('GET', `/api/threads?groupId=${groupId}${more}`);
  expect(answer.status).toBe(200);
  return answer.as(ThreadList);
}

/** Each root's content and its number of unread replies. */
const shown = ({ items }: z.infer<typeof ThreadList>) =>
  items.map(({ root, unread }) => `${root.content}: ${unread}`);

describe('followed threads', () => {
  test('are those I started or replied in, unread first, then the latest', async () => {
    const groupId = await sharedGroup();
    const mine = await ada.post(groupId, 'mine');
    const theirs = await grace.post(groupId, 'theirs');
    const notMine = await grace.post(groupId, 'not mine');
    const silent = await ada.post(groupId, 'nobody replied');
    await grace.post(groupId, 'first', { parentId: mine.id });
    await grace.post(groupId, 'second', { parentId: mine.id });
    await ada.post(groupId, 'me too', { parentId: theirs.id });
    await grace.post(groupId, 'alone', { parentId: notMine.id });
    expect(shown(await threadsOf(ada, groupId))).toEqual(['mine: 2', 'theirs: 0']);
    const [first] = (await threadsOf(ada, groupId)).items;
    expect(first?.root).toMatchObject({ id: mine.id, replyCount: 2 });
    expect(first?.lastReplyAt).toBe(first?.root.lastReplyAt);
    expect(shown(await threadsOf(grace, groupId))).toEqual(['theirs: 1', 'not mine: 0', 'mine: 0']);
    const last = await grace.post(groupId, 'at last', { parentId: silent.id });
    expect(shown(await threadsOf(ada, groupId))).toEqual([
      'nobody replied: 1',
      'mine: 2',
      'theirs: 0',
    ]);
    await grace.api('DELETE', `/api/messages/${last.id}?groupId=${groupId}`);
    expect(shown(await threadsOf(ada, groupId))).toEqual(['mine: 2', 'theirs: 0']);
  });

  test('include a thread that mentions me, with that reply unread', async () => {
    const groupId = await sharedGroup();
    const root = await ada.post(groupId, 'root');
    expect(shown(await threadsOf(grace, groupId))).toEqual([]);
    await ada.post(groupId, 'early', { parentId: root.id });
    await ada.post(groupId, `what do you think, <@${grace.userId}>?`, { parentId: root.id });
    expect(shown(await threadsOf(grace, groupId))).toEqual(['root: 1']);
  });

  test('are paged', async () => {
    const groupId = await sharedGroup();
    for (let n = 0; n < 5; n += 1) {
      const root = await ada.post(groupId, `root ${n}`);
      await ada.post(groupId, 'reply', { parentId: root.id });
    }
    const contents: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await threadsOf(ada, groupId, `&limit=2${cursor}`);
      contents.push(...page.items.map(({ root }) => root.content));
      expect(page.items.length).toBeLessThanOrEqual(2);
      if (page.next === undefined) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
    expect(contents).toEqual([4, 3, 2, 1, 0].map((n) => `root ${n}`));
  });
});

describe('the list of threads', () => {
  test.for([
    ['groupId', '?groupId=general'],
    ['limit', `?groupId=${uuid7()}&limit=0`],
    ['cursor', `?groupId=${uuid7()}&cursor=next`],
    ['cursor', `?groupId=${uuid7()}&cursor=${btoa('{"offset":1}')}`],
    ['cursor', `?cursor=next`],
  ] as const)('is invalid, naming %s, for %s', async ([field, query]) => {
    const refused = await ada.api('GET', `/api/threads${query}`);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.as(Problem).fields ?? {})).toEqual([field]);
  });

  test('is for members only, and not found for a private group', async () => {
    const open = await ada.createGroup();
    const hidden = await ada.createGroup({ visibility: 'private' });
    const codeFor = async (groupId: string) =>
      (await linus.api('GET', `/api/threads?groupId=${groupId}`)).as(Problem).code;
    expect(await codeFor(open.id)).toBe('forbidden');
    expect(await codeFor(hidden.id)).toBe('not_found');
    expect(await codeFor(uuid7())).toBe('not_found');
  });
});

import { expect, it } from 'vitest';
import type { InboxNews } from '../../../protocol/inbox.ts';
import { EventLog } from '../../../worker/inbox/event-log.ts';

const removed = (groupId: string): InboxNews => ({ type: 'inbox_remove', groupId });

it.each([
  { asks: 'at the newest', since: 3, has: [] },
  { asks: 'one behind', since: 2, has: [3] },
  { asks: 'at the first that is kept', since: 1, has: [2, 3] },
  { asks: 'from before anyone polled', since: 0, has: undefined },
  { asks: 'ahead of the log', since: 4, has: undefined },
  { asks: 'without a position', since: undefined, has: undefined },
])('a client that is $asks gets the events $has', ({ since, has }) => {
  const log = new EventLog();
  log.add(removed('1'), false);
  log.add(removed('2'), true);
  log.add(removed('3'), true);
  expect(log.after({ since, epoch: log.epoch })?.map(({ n }) => n)).toEqual(has);
  expect(log.after({ since, epoch: 'of another life' })).toBeUndefined();
});

it('keeps 200 events', () => {
  const log = new EventLog();
  for (let at = 1; at <= 201; at += 1) log.add(removed(`${at}`), true);
  expect(log.after({ since: 0, epoch: log.epoch })).toBeUndefined();
  expect(log.after({ since: 1, epoch: log.epoch })).toHaveLength(200);
});

it('forgets what it kept once nobody polls', () => {
  const log = new EventLog();
  log.add(removed('1'), true);
  log.add(removed('2'), false);
  expect(log.after({ since: 0, epoch: log.epoch })).toBeUndefined();
  expect(log.after({ since: 2, epoch: log.epoch })).toEqual([]);
});

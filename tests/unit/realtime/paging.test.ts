import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import type { Message } from '../../../protocol/models.ts';
import type { MessagePage } from '../../../protocol/rest.ts';
import type { MessagePageQuery } from '../../../web/api/messages.ts';
import type { GroupReplica } from '../../../web/realtime/replica/group-replica.ts';
import { Paging } from '../../../web/realtime/sync/paging.ts';
import { messageAt, pageOf, replicaOf, stateAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const OLD = [10, 11, 12].map((seq) => messageAt(seq));
const NEW = [98, 99, 100].map((seq) => messageAt(seq));
const [, MIDDLE] = OLD;
const GONE = fail('not_found', 'There is no such message.');
const AWAY = fail('unavailable', 'The server cannot be reached.');

let clock: ManualClock;
let replica: GroupReplica;
let paging: Paging;
let asked: MessagePageQuery[];
/** The threads that it opened. */
let opened: string[];
/** What happens while it waits. */
let until: (() => void)[];
let answers: ((answer: Result<MessagePage>) => void)[];

beforeEach(() => {
  clock = manualClock();
  replica = replicaOf(clock);
  asked = [];
  opened = [];
  until = [];
  answers = [];
  paging = new Paging({
    clock,
    replica: () => replica,
    fetchPage: (page) => {
      asked.push(page);
      return new Promise((resolve) => answers.push(resolve));
    },
    fetchMessage: async () => ok(MIDDLE ?? messageAt(11)),
    openThread: (parentId) => {
      opened.push(parentId);
      replica.openThread(parentId);
    },
    until: async () => {
      for (const happens of until) happens();
    },
    isClosed: () => false,
    changed: () => undefined,
  });
  reset();
});

/** Receives the group's state with the newest messages only. */
function reset(): void {
  replica.apply(stateAt(100, { messages: NEW, hasBefore: true }));
}

/** Answers the last request. */
async function answer(page: Result<MessagePage>): Promise<void> {
  answers.at(-1)?.(page);
  await turn();
}

const around = (messages: Message[]) =>
  ok({ ...pageOf(messages, 100), hasBefore: true, hasAfter: true });
const shown = () => replica.timeline.shown.messages.map(({ seq }) => seq);

test('a place that was left is loaded and shown again, without highlighting it', async () => {
  expect(paging.returnTo(OLD[1]?.id ?? '', undefined)).toBe(true);
  expect(shown()).toEqual([]);
  expect(paging.isLoading('before', undefined)).toBe(true);
  expect(asked).toEqual([{ parentId: undefined, around: MIDDLE?.id }]);
  await answer(around(OLD));
  expect(shown()).toEqual([10, 11, 12]);
  expect(paging.target).toBeUndefined();
  expect(paging.isLoading('before', undefined)).toBe(false);
});

test('a place that is loaded is not fetched', () => {
  expect(paging.returnTo(NEW[0]?.id ?? '', undefined)).toBe(false);
  expect(asked).toEqual([]);
});

test('a reader who follows a link is not returned to the place they left', async () => {
  void paging.jumpTo(MIDDLE?.id ?? '');
  await turn();
  expect(paging.returnTo(messageAt(50).id, undefined)).toBe(false);
  await answer(around(OLD));
  expect(paging.target?.id).toBe(MIDDLE?.id);
});

test('a reply that the timeline shows, too, is reached in its thread if that is asked for', async () => {
  const [root] = NEW;
  const reply = messageAt(101, { parentId: root?.id, alsoToGroup: true });
  replica.apply({ type: 'message', rev: 101, message: reply });
  await paging.jumpTo(reply.id);
  expect(paging.target).toMatchObject({ id: reply.id, parentId: undefined });
  void paging.jumpTo(reply.id, root?.id);
  await turn();
  expect(asked).toEqual([{ parentId: root?.id, around: reply.id }]);
  await answer(ok(pageOf([reply], 101)));
  expect(paging.target).toMatchObject({ id: reply.id, parentId: root?.id });
});

test.each([
  ['before it has loaded', () => until.push(() => replica.closeThread())],
  ['while a page of it is missing', () => undefined],
])('a jump does not open its thread again after the user closed it %s', async (_, prepare) => {
  const [root] = NEW;
  const reply = messageAt(50, { parentId: root?.id });
  prepare();
  const jump = paging.jumpTo(reply.id, root?.id);
  await turn();
  replica.closeThread();
  await answer(AWAY);
  clock.pass(2_000);
  await jump;
  expect(opened).toEqual([root?.id]);
  expect(paging.target).toBeUndefined();
  expect(paging.isTargetMissing).toBe(false);
});

test('a link that is followed meanwhile wins over the place that was left', async () => {
  paging.returnTo(messageAt(50).id, undefined);
  const late = answers.at(-1);
  void paging.jumpTo(MIDDLE?.id ?? '');
  await turn();
  await answer(around(OLD));
  late?.(around([49, 50].map((seq) => messageAt(seq))));
  await turn();
  expect(shown()).toEqual([10, 11, 12]);
});

test('a place that a reset removed is loaded again, even after failed attempts', async () => {
  paging.returnTo(MIDDLE?.id ?? '', undefined);
  await answer(around(OLD));
  replica.timeline.lookAt(11);
  reset();
  void paging.seek(undefined);
  await answer(AWAY);
  expect(shown()).toEqual([]);
  clock.pass(2_000);
  await turn();
  // Another reset arrives before the page.
  reset();
  await answer(around(OLD));
  clock.pass(2_000);
  await turn();
  await answer(around(OLD));
  expect(shown()).toEqual([10, 11, 12]);
});

test('for a deleted message its place is shown, and without a place the newest', async () => {
  paging.returnTo(MIDDLE?.id ?? '', undefined);
  await answer(around(OLD));
  replica.timeline.lookAt(11);
  reset();
  void paging.seek(undefined);
  await answer(GONE);
  expect(asked.at(-1)).toEqual({ parentId: undefined, around: 11 });
  await answer(around(OLD));
  expect(shown()).toEqual([10, 11, 12]);
  paging.returnTo(messageAt(50).id, undefined);
  await answer(GONE);
  expect(shown()).toEqual([98, 99, 100]);
});

test('missing history is loaded in pages of up to a hundred, and not shown', async () => {
  const page = (from: number, to: number) => {
    const messages = Array.from({ length: to - from + 1 }, (_, n) => messageAt(from + n));
    return ok({ ...pageOf(messages, 1_000), hasBefore: true });
  };
  replica.apply(stateAt(1_000, { messages: [messageAt(999), messageAt(1_000)], hasBefore: true }));
  void paging.fill(200);
  await answer(page(899, 998));
  await answer(page(801, 898));
  expect(asked).toEqual([
    { parentId: undefined, before: 999, limit: 100 },
    { parentId: undefined, before: 899, limit: 98 },
  ]);
  expect(replica.timeline.newest(200).messages).toHaveLength(200);
  expect(shown()).toEqual([999, 1_000]);
});

test('history that cannot be loaded is not requested repeatedly', async () => {
  void paging.fill(200);
  await answer(AWAY);
  expect(asked).toHaveLength(1);
});

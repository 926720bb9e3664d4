import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { fail } from '../../../protocol/errors.ts';
import type { Message } from '../../../protocol/models.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { FollowedThread } from '../../../protocol/threads.ts';
import { forgetThreadsOf } from '../../../web/api/forget-threads.ts';
import { keys } from '../../../web/api/keys.ts';
import { ThreadCards } from '../../../web/features/threads/thread-cards.tsx';
import { ADA_QUERIES, AsAda, clearPageAfterEach, forgetQueries } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { ADA, fileAt, GROUP_ID, messageAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';
import { person } from '../../support/node-room.ts';

clearPageAfterEach();

const grace = person('Grace');
/** The threads as the server has them, in the order of its list. */
let threads: FollowedThread[];
let isIncomplete: boolean;
let lists: number;
const opened: string[] = [];
const changes: unknown[] = [];
/** The answer to changes instead of the changed thread. */
let refusal: ReturnType<typeof fail> | undefined;

beforeEach(() => {
  localStorage.clear();
  [threads, isIncomplete, lists, refusal] = [[], false, 0, undefined];
  opened.length = 0;
  changes.length = 0;
  vi.stubGlobal('fetch', answer);
});

/** A thread with a root at this `seq`, one reply right after it, and `unread` of them unread. */
function threadAt(seq: number, unread: number, change: Partial<Message> = {}): FollowedThread {
  const reply = messageAt(seq + 1, { content: `reply ${seq + 1}` });
  const lastReplyAt = reply.createdAt;
  const root = messageAt(seq, { replyCount: 1, lastReplyAt, userId: ADA.id, ...change });
  return { groupId: GROUP_ID, root, unread, lastReplyAt, replies: [reply] };
}

/** Another reply arrives in a thread, on the server. */
function reply(thread: FollowedThread, seq: number): FollowedThread {
  const message = messageAt(seq, { content: `reply ${seq}` });
  const changed = {
    ...thread,
    root: { ...thread.root, replyCount: (thread.root.replyCount ?? 0) + 1 },
    unread: thread.unread + 1,
    lastReplyAt: message.createdAt,
    replies: [...thread.replies, message],
  };
  threads = threads.map((it) => (it === thread ? changed : it));
  return changed;
}

/** The group in my list, as the Room makes it. */
function entry(): InboxEntry {
  const unread = threads.filter((it) => it.unread > 0);
  return entryOf({
    threads: unread.map((it) => ({
      parentId: it.root.id,
      unread: it.unread,
      lastReplyAt: it.lastReplyAt,
    })),
  });
}

/** My own socket says how the group is now. */
async function hear(items: InboxEntry[] = [entry()]): Promise<void> {
  await act(async () => void ADA_QUERIES.setQueryData(keys.myGroups(), { items }));
}

async function answer(path: string, init: RequestInit = {}): Promise<Response> {
  const { pathname } = new URL(path, location.origin);
  if (pathname === '/api/groups') return Response.json({ items: [entry()] });
  if (pathname === '/api/threads') {
    lists += 1;
    const list = { items: threads, users: [ADA, grace] };
    return Response.json(isIncomplete ? { ...list, incomplete: true } : list);
  }
  const thread = threads.find(({ root }) => pathname.endsWith(root.id));
  if (!thread) throw new Error(`nothing at ${path}`);
  if (init.method !== 'PATCH') return Response.json({ thread, following: true, users: [grace] });
  const change: { readSeq?: number; following?: boolean } = JSON.parse(String(init.body));
  changes.push(change);
  if (refusal) {
    const { code, detail } = refusal.failure;
    const body = { type: 'about:blank', title: 'Conflict', status: 409, code, detail };
    return Response.json(body, { status: 409 });
  }
  const changed = { ...thread, ...(change.readSeq !== undefined && { unread: 0 }) };
  threads = threads.map((it) => (it === thread ? changed : it));
  return Response.json({ thread: changed, following: change.following ?? true, users: [] });
}

function show(): { unmount: () => void } {
  return render(
    <AsAda>
      <ThreadCards onOpen={(_, rootId) => opened.push(rootId)} />
    </AsAda>,
  );
}

const cards = () => screen.findAllByRole('article');
const names = async () => (await cards()).map((card) => /message \d+/.exec(card.textContent)?.[0]);
const card = async (text: string) => {
  const found = (await cards()).find((it) => it.textContent.includes(text));
  if (!found) throw new Error(`no card "${text}"`);
  return found;
};

describe('the cards', () => {
  test('stand in the order of the server, with group, root, replies and what is new', async () => {
    threads = [threadAt(30, 1), threadAt(10, 0)];
    show();
    expect(await names()).toEqual(['message 30', 'message 10']);
    const first = within(await card('message 30'));
    expect(first.getByRole('link', { name: 'Engines' }).getAttribute('href')).toBe(
      `/g/${GROUP_ID}`,
    );
    expect(first.getByText('reply 31')).toBeTruthy();
    expect(first.getByText('1 new')).toBeTruthy();
    expect(first.getByText('Grace')).toBeTruthy();
    expect(within(await card('message 10')).queryByText(/new$/)).toBeNull();
  });

  test('name the files of a root and a reply', async () => {
    const thread = threadAt(30, 1, { attachments: [fileAt('lake.jpg'), fileAt('notes.txt')] });
    const [last] = thread.replies;
    if (!last) throw new Error('no reply');
    threads = [{ ...thread, replies: [{ ...last, content: '', attachments: [fileAt('b.txt')] }] }];
    show();
    const shown = within(await card('message 30'));
    expect(shown.getByText('📷 lake.jpg and 1 more')).toBeTruthy();
    expect(shown.getByText('📄 b.txt')).toBeTruthy();
  });

  test('keep their order while replies arrive; the card shows the new one, and the pill lists them anew', async () => {
    const [first, second] = [threadAt(30, 1), threadAt(10, 0)];
    threads = [first, second];
    show();
    await cards();
    reply(second, 40);
    await hear();
    expect(within(await card('message 10')).getByText('1 new')).toBeTruthy();
    await eventually(async () => {
      expect(within(await card('message 10')).getByText('reply 40')).toBeTruthy();
    });
    expect(await names()).toEqual(['message 30', 'message 10']);
    expect(lists).toBe(1);
    threads = [...threads].reverse();
    await userEvent.click(screen.getByRole('button', { name: '1 new thread' }));
    await eventually(async () => expect(await names()).toEqual(['message 10', 'message 30']));
    expect(screen.queryByRole('button', { name: /new thread/ })).toBeNull();
    expect(lists).toBe(2);
  });

  test('show an edit as soon as the group says so, also where nothing is unread', async () => {
    const [thread, other] = [threadAt(30, 0), threadAt(10, 0)];
    threads = [thread, other];
    show();
    await cards();
    threads = threads.map((it) => ({
      ...it,
      replies: it.replies.map((reply) => ({ ...reply, content: `${reply.content}, edited` })),
    }));
    await hear([{ ...entry(), changedThreads: [{ parentId: thread.root.id, rev: 50 }] }]);
    await eventually(async () => {
      expect(within(await card('message 30')).getByText('reply 31, edited')).toBeTruthy();
    });
    // The others are not asked for.
    expect(within(await card('message 10')).getByText('reply 11')).toBeTruthy();
    expect(lists).toBe(1);
  });

  test('do not offer a new list for a reply in a thread that is first anyway', async () => {
    threads = [threadAt(30, 1)];
    show();
    await cards();
    const [first] = threads;
    if (first) reply(first, 40);
    await hear();
    expect(within(await card('message 30')).getByText('2 new')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /new thread/ })).toBeNull();
  });

  test('lose their number when the thread is read on another device', async () => {
    threads = [threadAt(30, 1)];
    show();
    expect(within(await card('message 30')).getByText('1 new')).toBeTruthy();
    await hear([entryOf()]);
    expect(within(await card('message 30')).queryByText('1 new')).toBeNull();
    expect(await names()).toEqual(['message 30']);
  });

  test('lose a reply that is deleted before I have read it', async () => {
    const thread = reply(threadAt(1, 0), 3);
    threads = [{ ...thread, unread: 2 }];
    show();
    expect(within(await card('reply 3')).getByText('2 new')).toBeTruthy();
    threads = [{ ...thread, replies: thread.replies.slice(0, 1), unread: 1 }];
    await hear();
    await eventually(() => expect(screen.queryByText('reply 3')).toBeNull());
    expect(within(await card('reply 2')).getByText('1 new')).toBeTruthy();
  });

  test('show an edit after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const thread = threadAt(1, 0);
    threads = [thread];
    show();
    await card('reply 2');
    threads = [{ ...thread, replies: [messageAt(2, { content: 'better' })] }];
    await act(async () => void vi.advanceTimersByTime(30_000));
    expect(await card('better')).toBeTruthy();
  });

  test('of a group that I was removed from go at once', async () => {
    threads = [threadAt(30, 1)];
    show();
    await cards();
    await hear([]);
    await eventually(() => expect(screen.queryByRole('article')).toBeNull());
  });

  test('name a deleted root', async () => {
    threads = [threadAt(30, 0, { content: '', deletedAt: 5 })];
    show();
    expect(within(await card('reply 31')).getByText('Message deleted')).toBeTruthy();
  });
});

describe('a thread', () => {
  test('is marked as read at once, up to the last reply that its card shows', async () => {
    threads = [threadAt(30, 1)];
    show();
    const button = await screen.findByRole('button', { name: 'Mark as read' });
    await userEvent.click(button);
    await eventually(() => expect(changes).toEqual([{ readSeq: 31 }]));
    expect(within(await card('message 30')).queryByText('1 new')).toBeNull();
  });

  test('is unread again if the server does not accept that, and says why', async () => {
    threads = [threadAt(30, 1)];
    refusal = fail('conflict', 'This cannot be read now.');
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Mark as read' }));
    expect((await screen.findByRole('alert')).textContent).toBe('This cannot be read now.');
    expect(within(await card('message 30')).getByText('1 new')).toBeTruthy();
  });

  test('is followed no more by its menu, and again by a button in its place', async () => {
    threads = [threadAt(30, 0)];
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Thread options' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Stop following' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Follow again' }));
    await eventually(() => expect(changes).toEqual([{ following: false }, { following: true }]));
    await eventually(() => expect(screen.queryByText(/do not follow/)).toBeNull());
  });

  test('opens by its button, by a click on its card, and not by a click on its links', async () => {
    threads = [threadAt(30, 0)];
    show();
    const id = threads[0]?.root.id;
    await userEvent.click(await screen.findByRole('button', { name: 'Open thread' }));
    await userEvent.click(screen.getByText('reply 31'));
    await userEvent.click(screen.getByRole('button', { name: 'Thread options' }));
    expect(opened).toEqual([id, id]);
  });
});

test('J, K and the arrows move between the cards, and Enter opens one', async () => {
  threads = [threadAt(30, 1), threadAt(20, 0), threadAt(10, 0)];
  show();
  const all = await cards();
  expect(all.map((it) => it.tabIndex)).toEqual([0, -1, -1]);
  await userEvent.keyboard('j');
  expect(document.activeElement).toBe(all[0]);
  await userEvent.keyboard('j{ArrowDown}');
  expect(document.activeElement).toBe(all[2]);
  await userEvent.keyboard('k{Enter}');
  expect(document.activeElement).toBe(all[1]);
  expect(opened).toEqual([threads[1]?.root.id]);
  expect(all.map((it) => it.tabIndex)).toEqual([-1, 0, -1]);
});

describe('without threads', () => {
  test('the page says what it is for', async () => {
    show();
    expect(await screen.findByText('No threads yet')).toBeTruthy();
  });

  test('because groups did not answer, it says that, and asks again', async () => {
    isIncomplete = true;
    show();
    expect(await screen.findByText(/Some groups cannot be reached/)).toBeTruthy();
    expect(screen.queryByText('No threads yet')).toBeNull();
    [isIncomplete, threads] = [false, [threadAt(30, 1)]];
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await names()).toEqual(['message 30']);
    expect(screen.queryByText(/cannot be reached/)).toBeNull();
  });
});

describe('a user who comes back from a thread', () => {
  /** Opens the page as a place of its own in the browser's history. */
  const visit = (place: unknown) => {
    history.replaceState(place, '');
    return show();
  };

  test('finds the list in the order and with the pages that they left, with what changed in view', async () => {
    const [unread, read] = [threadAt(30, 1), threadAt(10, 0)];
    threads = [unread, read];
    const first = visit(null);
    await cards();
    const place: unknown = history.state;
    first.unmount();
    threads = [read, { ...unread, unread: 0, replies: [messageAt(31, { content: 'edited' })] }];
    await hear();
    const back = visit(place);
    expect(await names()).toEqual(['message 30', 'message 10']);
    await eventually(async () => expect((await card('message 30')).textContent).toMatch(/edited/));
    expect(await names()).toEqual(['message 30', 'message 10']);
    expect(lists).toBe(1);
    back.unmount();
    visit(null);
    await eventually(async () => expect(await names()).toEqual(['message 10', 'message 30']));
  });
});

describe('the next visit', () => {
  test('begins with the threads of the last one, and lists them anew', async () => {
    threads = [threadAt(30, 1)];
    show().unmount();
    const first = show();
    await cards();
    first.unmount();
    forgetQueries();
    ADA_QUERIES.setQueryData(keys.myGroups(), { items: [entry()] });
    let list = () => {};
    vi.stubGlobal('fetch', async (path: string) => {
      await new Promise<void>((resolve) => {
        list = resolve;
      });
      return answer(path);
    });
    show();
    expect(await names()).toEqual(['message 30']);
    threads = [threadAt(50, 1), ...threads];
    await eventually(() => list());
    await eventually(async () => expect(await names()).toEqual(['message 50', 'message 30']));
  });

  test('has nothing of a group that I was removed from', async () => {
    threads = [threadAt(30, 1)];
    show().unmount();
    show();
    await cards();
    const name = `edgewise.threads.${ADA.id}`;
    expect(localStorage.getItem(name)).toContain('message 30');
    forgetThreadsOf(ADA_QUERIES, ADA.id, GROUP_ID);
    expect(localStorage.getItem(name) ?? '').not.toContain('message 30');
  });
});

import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { MUTED_FOR_GOOD } from '../../../protocol/muting.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { keys } from '../../../web/api/keys.ts';
import { useMyGroups } from '../../../web/api/my-groups.ts';
import { countMentions } from '../../../web/features/groups/count-mentions.ts';
import { GroupList } from '../../../web/features/groups/group-list.tsx';
import type { ListMoment } from '../../../web/features/groups/listed-group.ts';
import { MUTE_CHOICES } from '../../../web/features/groups/mute-choices.ts';
import { useSections } from '../../../web/features/groups/use-sections.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

const NOW = Date.UTC(2026, 0, 1, 12);
const MOMENT = { now: NOW, arriving: undefined };
const UNREAD = { unread: 3, mentions: 1 };
const MUTED = { mutedUntil: NOW + 1 };

beforeEach(() => history.replaceState(null, '', '/'));

function List({ moment }: { moment: ListMoment }) {
  const { sections, hold } = useSections(useMyGroups().data ?? [], moment, undefined);
  return (
    <GroupList
      moment={moment}
      onCreate={() => undefined}
      onUse={hold}
      onWrite={() => undefined}
      sections={sections}
    />
  );
}

/** The links of the list, in their order. */
function links(entries: InboxEntry[], moment: ListMoment = MOMENT) {
  ADA_QUERIES.setQueryData(keys.myGroups(), { items: entries });
  render(
    <AsAda>
      <List moment={moment} />
    </AsAda>,
  );
  return screen.getAllByRole('link').filter((link) => link.getAttribute('href')?.startsWith('/g/'));
}

/** How a screen reader reads the name of the link. */
function spoken(link: Element | undefined): string | null | undefined {
  return link?.querySelector('.sr-only, bdi:not([aria-hidden=true])')?.textContent;
}

test.each<[string, InboxEntry, string, string | null, boolean]>([
  ['read', entryOf(), 'Engines', null, false],
  ['unread', entryOf({ unread: 1 }), 'Engines, 1 unread message', null, true],
  ['mentioning', entryOf(UNREAD), 'Engines, 3 unread messages, 1 mention', '1', true],
  [
    'very unread',
    entryOf({ unread: 100, mentions: 100 }),
    'Engines, 99+ unread messages, 99+ mentions',
    '99+',
    true,
  ],
  ['muted', entryOf({ unread: 3, ...MUTED }), 'Engines, muted', null, false],
  ['muted, mentioning', entryOf({ ...UNREAD, ...MUTED }), 'Engines, muted, 1 mention', '1', false],
  ['without notifications', entryOf({ unread: 3, level: 'none' }), 'Engines, muted', null, false],
  [
    'for mentions only',
    entryOf({ unread: 2, level: 'mentions' }),
    'Engines, 2 unread messages',
    null,
    true,
  ],
  [
    'muted until now',
    entryOf({ unread: 3, mutedUntil: NOW }),
    'Engines, 3 unread messages',
    null,
    true,
  ],
  ['private', entryOf({}, { visibility: 'private' }), 'Engines, private group', null, false],
])('a group that is %s', (_, entry, name, badge, isBold) => {
  const [link] = links([entry]);
  expect(spoken(link)).toBe(name);
  expect(link?.querySelector('.rounded-pill')?.textContent ?? null).toBe(badge);
  expect(link?.classList.contains('font-semibold')).toBe(isBold);
});

test('what is read here shows as read before the server knows', () => {
  const last = { userId: 'user_grace', preview: '', at: NOW, seq: 7 };
  const [link] = links([entryOf({ ...UNREAD, last, readSeq: 7 })]);
  expect(spoken(link)).toBe('Engines');
});

test('an arrival in the open group shows nothing while it may be read in a moment', () => {
  const entry = entryOf(UNREAD);
  const moment = { now: NOW, arriving: entry.group.id };
  const [link] = links([entry], moment);
  expect(spoken(link)).toBe('Engines');
  expect(countMentions([entry], moment)).toBe(0);
});

/** Threads with unread replies. */
const threads = (...parentIds: string[]) => ({
  threads: parentIds.map((parentId) => ({ parentId, unread: 5 })),
});

test.each<[string, InboxEntry[], string | undefined, string]>([
  ['no thread', [entryOf({ unread: 3 })], undefined, 'Threads'],
  ['one thread', [entryOf(threads('a'))], undefined, 'Threads, 1 unread1'],
  [
    'threads of two groups',
    [entryOf(threads('a', 'b')), entryOf(threads('c'), { id: 'b' })],
    undefined,
    'Threads, 3 unread3',
  ],
  [
    'a thread of a muted group',
    [entryOf({ ...threads('a'), ...MUTED }), entryOf(threads('b'), { id: 'b' })],
    undefined,
    'Threads, 1 unread1',
  ],
  ['a thread that may be read in a moment', [entryOf(threads('a'))], 'a', 'Threads'],
])(
  'the link to the threads of all groups counts those that are unread: %s',
  (_, entries, arrivingThread, text) => {
    links(entries, { ...MOMENT, arrivingThread });
    const link = screen.getByRole('link', { name: /^Threads/ });
    expect(link.textContent).toBe(text);
    expect(link.classList.contains('font-semibold')).toBe(text !== 'Threads');
  },
);

test('direct messages stand below the groups, under their own heading', () => {
  const people = [
    { id: 'user_ada', name: 'Ada', handle: 'ada', imageUrl: '', role: 'member' as const },
  ];
  const direct = entryOf({ people }, { id: 'd', kind: 'direct', name: '' });
  const names = links([direct, entryOf()]).map((link) => spoken(link));
  expect(names).toEqual(['Engines', 'Ada']);
  expect(screen.getByRole('heading', { name: 'Direct messages' })).toBeTruthy();
});

test('without direct messages the heading offers to write the first one', () => {
  links([entryOf()]);
  expect(screen.getByRole('button', { name: 'New message' })).toBeTruthy();
});

test.each<[string, InboxEntry[], number]>([
  ['nothing', [entryOf({ unread: 9 })], 0],
  ['all mentions', [entryOf(UNREAD), entryOf({ mentions: 2 }, { id: 'b' })], 3],
  ['no muted group', [entryOf(UNREAD), entryOf({ ...UNREAD, ...MUTED }, { id: 'b' })], 1],
  ['no group without notifications', [entryOf({ ...UNREAD, level: 'none' })], 0],
])('title and app badge count %s', (_, entries, count) => {
  expect(countMentions(entries, MOMENT)).toBe(count);
});

test('a group is muted for hours, until the next morning, or for good', () => {
  const evening = new Date(2026, 0, 1, 23).getTime();
  const ends = MUTE_CHOICES.map(({ until }) => until(evening));
  expect(ends).toEqual([
    evening + 3_600_000,
    evening + 8 * 3_600_000,
    new Date(2026, 0, 2, 8).getTime(),
    MUTED_FOR_GOOD,
  ]);
});

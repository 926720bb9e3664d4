import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { SystemKind } from '../../../protocol/models.ts';
import {
  type TimelineItem,
  timelineItems,
} from '../../../web/features/conversation/list/timeline-items.ts';
import { SystemRow } from '../../../web/features/conversation/message/system-row.tsx';
import { PeopleContext } from '../../../web/features/conversation/people-context.ts';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import { messageAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

afterEach(cleanup);

const NOON = new Date(2026, 2, 3, 12).getTime();
const SECOND = 1_000;

/** What someone did, and when, s after noon: `['Ada', 'renamed', 0, 'Looms']`. */
type Deed = [who: string, kind: SystemKind | 'says', at: number, text?: string];

function rowsOf(deeds: readonly Deed[]): TimelineRow[] {
  return deeds.map(([who, kind, at, text], index) => {
    const author = person(who);
    const message = messageAt(index + 1, {
      userId: author.id,
      createdAt: NOON + at * SECOND,
      ...(kind !== 'says' && {
        content: '',
        system: { kind, ...(text !== undefined && { text }), userIds: [person('Hedy').id] },
      }),
    });
    return { state: 'sent', key: message.id, message, author };
  });
}

type SystemItem = TimelineItem & { type: 'system' };

function itemsOf(deeds: readonly Deed[], newAfter?: number): TimelineItem[] {
  return timelineItems(rowsOf(deeds), { hasStart: false, hasBefore: false, me: 'me', newAfter });
}

/** The text of each line, without its time; messages are `says`. */
function linesOf(items: readonly TimelineItem[]): string[] {
  return items.map((item) => (item.type === 'system' ? lineOf(item) : 'says'));
}

function lineOf({ message, people: names, text }: SystemItem): string {
  const people = { me: 'me', userOf: () => person('Hedy') };
  const { container } = render(
    <PeopleContext value={people}>
      <SystemRow message={message} people={names} text={text} />
    </PeopleContext>,
  );
  container.querySelector('time')?.remove();
  return container.textContent?.trim() ?? '';
}

test.for<[what: string, deeds: Deed[], lines: string[]]>([
  ['one message', [['Ada', 'joined', 0]], ['Ada joined']],
  [
    'joining, leaving and joining',
    [
      ['Ada', 'joined', 0],
      ['Ada', 'left', 20],
      ['Ada', 'joined', 50],
    ],
    ['Ada joined'],
  ],
  [
    'joining and leaving',
    [
      ['Ada', 'joined', 0],
      ['Ada', 'left', 60],
    ],
    ['Ada joined and left'],
  ],
  [
    'leaving and joining again',
    [
      ['Ada', 'left', 0],
      ['Ada', 'joined', 60],
    ],
    ['Ada left and joined again'],
  ],
  [
    'more than a minute apart',
    [
      ['Ada', 'joined', 0],
      ['Ada', 'left', 61],
    ],
    ['Ada joined', 'Ada left'],
  ],
  [
    'several times, each within a minute of the time before',
    [0, 1, 2, 3, 4].map((n): Deed => ['Ada', n % 2 === 0 ? 'joined' : 'left', n * 45]),
    ['Ada joined'],
  ],
  [
    'two people in turn',
    [
      ['Ada', 'joined', 0],
      ['Grace', 'joined', 1],
      ['Ada', 'left', 2],
      ['Grace', 'left', 3],
      ['Ada', 'joined', 4],
    ],
    ['Grace joined and left', 'Ada joined'],
  ],
  [
    'two people who join, at any distance on a day',
    [
      ['Ada', 'joined', 0],
      ['Grace', 'joined', 3_600],
    ],
    ['Ada and Grace joined'],
  ],
  [
    'three',
    ['Ada', 'Grace', 'Linus'].map((who): Deed => [who, 'left', 0]),
    ['Ada, Grace and Linus left'],
  ],
  [
    'five',
    ['Ada', 'Grace', 'Linus', 'Alan', 'Margaret'].map((who): Deed => [who, 'joined', 0]),
    ['Ada, Grace and 3 others joined'],
  ],
  [
    'one joins and another leaves',
    [
      ['Ada', 'joined', 0],
      ['Grace', 'left', 1],
    ],
    ['Ada joined', 'Grace left'],
  ],
  [
    'a name that is changed twice, and the topic between',
    [
      ['Ada', 'renamed', 0, 'Looms'],
      ['Ada', 'topic', 10, 'Jacquard'],
      ['Ada', 'renamed', 20, 'Engines'],
    ],
    ['Ada changed the topic to “Jacquard”', 'Ada renamed the group to “Engines”'],
  ],
  [
    'a name that two people change',
    [
      ['Ada', 'renamed', 0, 'Looms'],
      ['Grace', 'renamed', 10, 'Engines'],
    ],
    ['Ada renamed the group to “Looms”', 'Grace renamed the group to “Engines”'],
  ],
  [
    'archiving and restoring',
    [
      ['Ada', 'archived', 0],
      ['Ada', 'restored', 10],
    ],
    ['Ada restored the group'],
  ],
  [
    'people whom someone adds in two steps',
    [
      ['Ada', 'added', 0],
      ['Ada', 'added', 10],
    ],
    ['Ada added Hedy', 'Ada added Hedy'],
  ],
  [
    'a message between them',
    [
      ['Ada', 'joined', 0],
      ['Grace', 'says', 10],
      ['Ada', 'left', 20],
    ],
    ['Ada joined', 'says', 'Ada left'],
  ],
])('%s', ([, deeds, lines]) => {
  expect(linesOf(itemsOf(deeds))).toEqual(lines);
});

describe('separators', () => {
  test('a line does not reach across midnight', () => {
    const untilMidnight = 12 * 3_600;
    const items = itemsOf([
      ['Ada', 'joined', untilMidnight - 10],
      ['Ada', 'left', untilMidnight + 10],
      ['Ada', 'joined', untilMidnight + 20],
    ]);
    expect(linesOf(items)).toEqual(['Ada joined', 'Ada left and joined again']);
    expect(items.map((item) => 'day' in item && item.day !== undefined)).toEqual([true, true]);
  });

  test('nor across the "New" divider, which stands above the first of them', () => {
    const deeds: Deed[] = [
      ['Ada', 'joined', 0],
      ['Grace', 'joined', 10],
      ['Linus', 'joined', 20],
    ];
    const items = itemsOf(deeds, 1);
    expect(linesOf(items)).toEqual(['Ada joined', 'Grace and Linus joined']);
    expect(items.map((item) => 'isFirstNew' in item && item.isFirstNew)).toEqual([false, true]);
  });
});

test('a line that counts people has the names of all', () => {
  const [item] = itemsOf(['Ada', 'Grace', 'Linus', 'Alan'].map((who): Deed => [who, 'joined', 0]));
  expect(item).toMatchObject({
    people: 'Ada, Grace and 2 others',
    everyone: 'Ada, Grace, Linus and Alan',
  });
});

describe('the place of a line', () => {
  const joins = ['Ada', 'Grace', 'Linus'].map((who): Deed => [who, 'joined', 0]);

  test('is that of its latest message, so that reading it reads all of them', () => {
    const [item] = itemsOf(joins);
    expect(item).toMatchObject({ type: 'system', message: { seq: 3 } });
  });

  test('keeps its key when older messages are loaded into it', () => {
    const rows = rowsOf(joins);
    const keyOf = (loaded: TimelineRow[]) =>
      timelineItems(loaded, { hasStart: false, hasBefore: false, me: 'me' }).map(({ key }) => key);
    expect(keyOf(rows)).toEqual(keyOf(rows.slice(1)));
  });

  test('lines are in the order of their latest messages', () => {
    const seqs = itemsOf([
      ['Ada', 'joined', 0],
      ['Grace', 'joined', 1],
      ['Grace', 'left', 2],
      ['Ada', 'left', 3],
      ['Linus', 'left', 4],
    ]).map((item) => (item.type === 'system' ? item.message.seq : 0));
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });
});

import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { MessageRange } from '../../../web/realtime/replica/message-range.ts';
import { messageAt, pageOf } from '../../support/group-events.ts';

/** Messages at every seq from one to another. */
function run(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, n) => messageAt(from + n));
}

/** A timeline with these seqs as its newest range. */
function rangeFrom(from: number, to: number): MessageRange {
  const range = new MessageRange(() => true);
  range.restart(run(from, to), from > 1);
  return range;
}

const ends = ({ shown }: MessageRange) => [shown.oldestSeq, shown.newestSeq];
const arrive = (range: MessageRange, from: number, to: number) => {
  for (const message of run(from, to)) range.apply({ type: 'row', message });
};

/** Loads a page of these seqs at one end. */
function load(
  range: MessageRange,
  end: 'before' | 'after',
  from: number,
  to: number,
  last = false,
) {
  const place = range.beyond(end);
  if (!place) throw new Error(`there is nothing ${end}`);
  const page = pageOf(run(from, to), to);
  const more =
    end === 'before' ? { hasBefore: !last, hasAfter: true } : { hasBefore: true, hasAfter: !last };
  return range.join(place, { ...page, ...more }, []);
}

/** Shows a range of these seqs, far from the newest. */
function goTo(range: MessageRange, from: number, to: number): void {
  const page = { ...pageOf(run(from, to), 5_000), hasBefore: true, hasAfter: true };
  range.join({ around: from }, page, []);
}

test('the oldest rows of a long newest range are released, and can be loaded again', () => {
  const range = rangeFrom(1, 50);
  arrive(range, 51, 1_201);
  expect(ends(range)).toEqual([202, 1_201]);
  expect(range.shown.hasBefore).toBe(true);
  load(range, 'before', 152, 201);
  expect(ends(range)).toEqual([152, 1_201]);
});

test('a reader who scrolls far back leaves the newest range, and finds it on return', () => {
  const range = rangeFrom(2_001, 2_050);
  for (let seq = 2_000; seq > 700; seq -= 100) load(range, 'before', seq - 99, seq);
  const [oldest, newest] = ends(range);
  expect(oldest).toBe(701);
  expect(range.shown.hasAfter).toBe(true);
  expect(newest).toBeLessThan(2_050);
  arrive(range, 2_051, 2_060);
  expect(ends(range)).toEqual([oldest, newest]);
  range.returnToPresent();
  expect(range.shown.newestSeq).toBe(2_060);
  expect(range.shown.hasAfter).toBe(false);
});

test('a reader who pages forward from there rejoins the newest range', () => {
  const range = rangeFrom(2_001, 2_050);
  goTo(range, 1_701, 1_750);
  expect(ends(range)).toEqual([1_701, 1_750]);
  for (let seq = 1_751; range.shown.hasAfter; seq += 100) load(range, 'after', seq, seq + 99);
  expect(ends(range)).toEqual([1_701, 2_050]);
  arrive(range, 2_051, 2_051);
  expect(range.shown.newestSeq).toBe(2_051);
});

test('a page that overlaps the newest range joins it', () => {
  const range = rangeFrom(2_001, 2_050);
  goTo(range, 1_980, 2_010);
  expect(ends(range)).toEqual([1_980, 2_050]);
  expect(range.shown.hasAfter).toBe(false);
});

test('visible rows are kept while many messages arrive', () => {
  const range = rangeFrom(1, 600);
  range.lookAt(300);
  arrive(range, 601, 1_500);
  expect(range.row(range.shown.messages.find(({ seq }) => seq === 300)?.id ?? '')).toBeDefined();
  expect(range.shown.messages.length).toBeLessThanOrEqual(1_200);
  range.lookAt(undefined);
  range.returnToPresent();
  expect(range.shown.newestSeq).toBe(1_500);
});

test('a page is dropped when the end of the range it borders on has changed', () => {
  const range = rangeFrom(501, 550);
  const place = range.beyond('before');
  load(range, 'before', 451, 500);
  const late = place && range.join(place, { ...pageOf(run(451, 500), 550), hasBefore: true }, []);
  expect(late).toBe(false);
  expect(ends(range)).toEqual([451, 550]);
});

test('a page of a range that was left is dropped', () => {
  const range = rangeFrom(2_001, 2_050);
  goTo(range, 101, 150);
  const place = range.beyond('after');
  range.returnToPresent();
  expect(place && range.join(place, pageOf(run(151, 200), 2_050), [])).toBe(false);
  expect(ends(range)).toEqual([2_001, 2_050]);
});

test('changes during the request for a page are applied to it', () => {
  const range = rangeFrom(501, 550);
  const [old] = run(500, 500);
  const place = range.beyond('before');
  if (!place || !old) throw new Error('there is nothing older');
  range.join(place, pageOf([old], 550), [
    { type: 'message_update', rev: 551, message: { ...old, rev: 551, content: 'edited' } },
    {
      type: 'reaction_update',
      rev: 552,
      id: old.id,
      seq: 500,
      emoji: '👍',
      userId: 'a',
      op: 'add',
      count: 1,
    },
  ]);
  expect(range.row(old.id)).toMatchObject({
    rev: 552,
    content: 'edited',
    reactions: [{ count: 1 }],
  });
});

// Resets

test('a reset keeps a reader at an older place: the place is loaded again, and nothing else is shown', () => {
  const range = rangeFrom(2_001, 2_050);
  goTo(range, 101, 150);
  range.lookAt(120);
  const { id } = range.shown.messages[19] ?? {};
  range.restart(run(3_001, 3_050), true);
  expect(range.seekTarget).toEqual({ id, seq: 120 });
  expect(range.shown.messages).toEqual([]);
  expect(range.present.newestSeq).toBe(3_050);
  // A new message is not part of a range that is not loaded yet.
  arrive(range, 3_051, 3_051);
  expect(range.shown.messages).toEqual([]);
  goTo(range, 101, 150);
  expect(range.seekTarget).toBeUndefined();
  expect(ends(range)).toEqual([101, 150]);
});

test('a reset keeps a reader who had scrolled up from the newest, also when it happens twice', () => {
  const range = rangeFrom(1, 600);
  range.lookAt(300);
  const { seekTarget } = range;
  expect(seekTarget).toBeUndefined();
  range.restart(run(551, 600), true);
  range.restart(run(551, 600), true);
  expect(range.seekTarget?.seq).toBe(300);
  range.returnToPresent();
  expect(ends(range)).toEqual([551, 600]);
});

test('a reset keeps a reader at the newest, or at rows that are still there', () => {
  const range = rangeFrom(551, 600);
  range.restart(run(600, 640), true);
  expect(ends(range)).toEqual([600, 640]);
  const rows = [...range.present.messages];
  range.lookAt(620);
  range.restart(rows, true);
  expect(range.seekTarget).toBeUndefined();
  expect(ends(range)).toEqual([600, 640]);
});

// The cache

/** Loads a page of these seqs, to be cached with the newest 200. */
function keepMore(range: MessageRange, from: number, to: number): void {
  const asked = range.behind(200);
  if (!asked) throw new Error('nothing is missing');
  range.join(asked.request, { ...pageOf(run(from, to), 5_000), hasBefore: true }, []);
}

const kept = (range: MessageRange) => range.newest(200).messages.map(({ seq }) => seq);

test('more is cached than shown, and stays current', () => {
  const range = rangeFrom(2_001, 2_050);
  expect(range.behind(200)?.missing).toBe(150);
  keepMore(range, 1_901, 2_000);
  keepMore(range, 1_851, 1_900);
  expect(range.behind(200)).toBeUndefined();
  expect(ends(range)).toEqual([2_001, 2_050]);
  expect(kept(range)).toEqual(run(1_851, 2_050).map(({ seq }) => seq));
  expect(range.newest(200).hasBefore).toBe(true);
  const [oldest] = range.newest(200).messages;
  if (!oldest) throw new Error('nothing is cached');
  const edited = { ...oldest, rev: 2_051, content: 'edited' };
  range.apply({ type: 'message_update', rev: 2_051, message: edited });
  expect(range.newest(200).messages[0]).toEqual(edited);
  arrive(range, 2_052, 2_052);
  expect(kept(range).at(0)).toBe(1_852);
  expect(kept(range).at(-1)).toBe(2_052);
});

test('rows that are loaded meanwhile are cached once', () => {
  const range = rangeFrom(2_001, 2_050);
  keepMore(range, 1_901, 2_000);
  load(range, 'before', 1_951, 2_000);
  expect(kept(range)).toEqual(run(1_901, 2_050).map(({ seq }) => seq));
});

test('the cached range has no gap, and a reset clears it', () => {
  const range = rangeFrom(2_001, 2_050);
  keepMore(range, 1_901, 2_000);
  range.present.keep(10, 50);
  expect(kept(range)).toHaveLength(40);
  expect(range.newest(200).hasBefore).toBe(true);
  range.restart(run(2_001, 2_050), true);
  expect(kept(range)).toHaveLength(50);
});

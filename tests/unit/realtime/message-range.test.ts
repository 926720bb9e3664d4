import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { Stretch } from '../../../web/realtime/replica/message-range.ts';
import { messageAt, pageOf } from '../../support/group-events.ts';

/** Messages at every seq from one to another. */
function run(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, n) => messageAt(from + n));
}

/** A timeline that holds these seqs as its present. */
function stretchFrom(from: number, to: number): Stretch {
  const stretch = new Stretch(() => true);
  stretch.restart(run(from, to), from > 1);
  return stretch;
}

const ends = ({ shown }: Stretch) => [shown.oldestSeq, shown.newestSeq];
const arrive = (stretch: Stretch, from: number, to: number) => {
  for (const message of run(from, to)) stretch.apply({ type: 'row', message });
};

/** Loads a page of these seqs at that end. */
function load(stretch: Stretch, end: 'before' | 'after', from: number, to: number, last = false) {
  const place = stretch.beyond(end);
  if (!place) throw new Error(`there is nothing ${end}`);
  const page = pageOf(run(from, to), to);
  const more =
    end === 'before' ? { hasBefore: !last, hasAfter: true } : { hasBefore: true, hasAfter: !last };
  return stretch.join(place, { ...page, ...more }, []);
}

/** Shows the place of these seqs, far from the present. */
function goTo(stretch: Stretch, from: number, to: number): void {
  const page = { ...pageOf(run(from, to), 5_000), hasBefore: true, hasAfter: true };
  stretch.join({ around: from }, page, []);
}

test('of a long present the oldest rows are let go, and can be loaded again', () => {
  const stretch = stretchFrom(1, 50);
  arrive(stretch, 51, 1_201);
  expect(ends(stretch)).toEqual([202, 1_201]);
  expect(stretch.shown.hasBefore).toBe(true);
  load(stretch, 'before', 152, 201);
  expect(ends(stretch)).toEqual([152, 1_201]);
});

test('who scrolls far back leaves the present, which is there when they return', () => {
  const stretch = stretchFrom(2_001, 2_050);
  for (let seq = 2_000; seq > 700; seq -= 100) load(stretch, 'before', seq - 99, seq);
  const [oldest, newest] = ends(stretch);
  expect(oldest).toBe(701);
  expect(stretch.shown.hasAfter).toBe(true);
  expect(newest).toBeLessThan(2_050);
  arrive(stretch, 2_051, 2_060);
  expect(ends(stretch)).toEqual([oldest, newest]);
  stretch.returnToPresent();
  expect(stretch.shown.newestSeq).toBe(2_060);
  expect(stretch.shown.hasAfter).toBe(false);
});

test('who scrolls on from there meets the present again', () => {
  const stretch = stretchFrom(2_001, 2_050);
  goTo(stretch, 1_701, 1_750);
  expect(ends(stretch)).toEqual([1_701, 1_750]);
  for (let seq = 1_751; stretch.shown.hasAfter; seq += 100) load(stretch, 'after', seq, seq + 99);
  expect(ends(stretch)).toEqual([1_701, 2_050]);
  arrive(stretch, 2_051, 2_051);
  expect(stretch.shown.newestSeq).toBe(2_051);
});

test('another place that overlaps the present is the present', () => {
  const stretch = stretchFrom(2_001, 2_050);
  goTo(stretch, 1_980, 2_010);
  expect(ends(stretch)).toEqual([1_980, 2_050]);
  expect(stretch.shown.hasAfter).toBe(false);
});

test('what is looked at is kept while much arrives', () => {
  const stretch = stretchFrom(1, 600);
  stretch.lookAt(300);
  arrive(stretch, 601, 1_500);
  expect(
    stretch.row(stretch.shown.messages.find(({ seq }) => seq === 300)?.id ?? ''),
  ).toBeDefined();
  expect(stretch.shown.messages.length).toBeLessThanOrEqual(1_200);
  stretch.lookAt(undefined);
  stretch.returnToPresent();
  expect(stretch.shown.newestSeq).toBe(1_500);
});

test('a page is dropped when the end that it borders on is another one by now', () => {
  const stretch = stretchFrom(501, 550);
  const place = stretch.beyond('before');
  load(stretch, 'before', 451, 500);
  const late = place && stretch.join(place, { ...pageOf(run(451, 500), 550), hasBefore: true }, []);
  expect(late).toBe(false);
  expect(ends(stretch)).toEqual([451, 550]);
});

test('a page of a place that was left is dropped', () => {
  const stretch = stretchFrom(2_001, 2_050);
  goTo(stretch, 101, 150);
  const place = stretch.beyond('after');
  stretch.returnToPresent();
  expect(place && stretch.join(place, pageOf(run(151, 200), 2_050), [])).toBe(false);
  expect(ends(stretch)).toEqual([2_001, 2_050]);
});

test('what changed while a page was on its way is applied to it', () => {
  const stretch = stretchFrom(501, 550);
  const [old] = run(500, 500);
  const place = stretch.beyond('before');
  if (!place || !old) throw new Error('there is nothing older');
  stretch.join(place, pageOf([old], 550), [
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
  expect(stretch.row(old.id)).toMatchObject({
    rev: 552,
    content: 'edited',
    reactions: [{ count: 1 }],
  });
});

// A reset takes everything away

test('who looks at an older place is not thrown to the newest: it is sought, and nothing else is shown', () => {
  const stretch = stretchFrom(2_001, 2_050);
  goTo(stretch, 101, 150);
  stretch.lookAt(120);
  const { id } = stretch.shown.messages[19] ?? {};
  stretch.restart(run(3_001, 3_050), true);
  expect(stretch.sought).toEqual({ id, seq: 120 });
  expect(stretch.shown.messages).toEqual([]);
  expect(stretch.present.newestSeq).toBe(3_050);
  // What arrives is no part of a place that is not known yet.
  arrive(stretch, 3_051, 3_051);
  expect(stretch.shown.messages).toEqual([]);
  goTo(stretch, 101, 150);
  expect(stretch.sought).toBeUndefined();
  expect(ends(stretch)).toEqual([101, 150]);
});

test('so does who had scrolled up from the newest, and a second reset changes nothing of that', () => {
  const stretch = stretchFrom(1, 600);
  stretch.lookAt(300);
  const { sought } = stretch;
  expect(sought).toBeUndefined();
  stretch.restart(run(551, 600), true);
  stretch.restart(run(551, 600), true);
  expect(stretch.sought?.seq).toBe(300);
  stretch.returnToPresent();
  expect(ends(stretch)).toEqual([551, 600]);
});

test('who follows the newest, or looks at what is still there, goes on with it', () => {
  const stretch = stretchFrom(551, 600);
  stretch.restart(run(600, 640), true);
  expect(ends(stretch)).toEqual([600, 640]);
  const rows = [...stretch.present.messages];
  stretch.lookAt(620);
  stretch.restart(rows, true);
  expect(stretch.sought).toBeUndefined();
  expect(ends(stretch)).toEqual([600, 640]);
});

// What is kept for the next visit

/** Loads a page of these seqs to be kept with the newest 200. */
function keepMore(stretch: Stretch, from: number, to: number): void {
  const asked = stretch.behind(200);
  if (!asked) throw new Error('there is nothing missing');
  stretch.join(asked.place, { ...pageOf(run(from, to), 5_000), hasBefore: true }, []);
}

const kept = (stretch: Stretch) => stretch.newest(200).messages.map(({ seq }) => seq);

test('more is kept than is shown, and stays true', () => {
  const stretch = stretchFrom(2_001, 2_050);
  expect(stretch.behind(200)?.missing).toBe(150);
  keepMore(stretch, 1_901, 2_000);
  keepMore(stretch, 1_851, 1_900);
  expect(stretch.behind(200)).toBeUndefined();
  expect(ends(stretch)).toEqual([2_001, 2_050]);
  expect(kept(stretch)).toEqual(run(1_851, 2_050).map(({ seq }) => seq));
  expect(stretch.newest(200).hasBefore).toBe(true);
  const [oldest] = stretch.newest(200).messages;
  if (!oldest) throw new Error('nothing is kept');
  const edited = { ...oldest, rev: 2_051, content: 'edited' };
  stretch.apply({ type: 'message_update', rev: 2_051, message: edited });
  expect(stretch.newest(200).messages[0]).toEqual(edited);
  arrive(stretch, 2_052, 2_052);
  expect(kept(stretch).at(0)).toBe(1_852);
  expect(kept(stretch).at(-1)).toBe(2_052);
});

test('what is loaded and shown meanwhile is kept once', () => {
  const stretch = stretchFrom(2_001, 2_050);
  keepMore(stretch, 1_901, 2_000);
  load(stretch, 'before', 1_951, 2_000);
  expect(kept(stretch)).toEqual(run(1_901, 2_050).map(({ seq }) => seq));
});

test('what is kept has no gap, and a reset takes it away', () => {
  const stretch = stretchFrom(2_001, 2_050);
  keepMore(stretch, 1_901, 2_000);
  stretch.present.keep(10, 50);
  expect(kept(stretch)).toHaveLength(40);
  expect(stretch.newest(200).hasBefore).toBe(true);
  stretch.restart(run(2_001, 2_050), true);
  expect(kept(stretch)).toHaveLength(50);
});

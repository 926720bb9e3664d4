import { expect, test } from 'vitest';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import { framesOf } from '../../../worker/room/sockets/broadcast.ts';

const read = (userId: string, readSeq: number): ServerEvent => ({
  type: 'receipt_update',
  userId,
  readSeq,
});

test('everyone gets the same text, and only whom something concerns alone gets more, in its place', () => {
  const frameFor = framesOf([
    { event: read('ada', 1) },
    { event: read('grace', 2), onlyTo: 'grace' },
    { event: read('ada', 3) },
  ]);
  expect(frameFor('ada')).toBe(JSON.stringify([read('ada', 1), read('ada', 3)]));
  expect(frameFor('linus')).toBe(frameFor('ada'));
  expect(frameFor('grace')).toBe(
    JSON.stringify([read('ada', 1), read('grace', 2), read('ada', 3)]),
  );
});

test('there is no frame for whom there is nothing', () => {
  const frameFor = framesOf([{ event: read('grace', 2), onlyTo: 'grace' }]);
  expect(frameFor('ada')).toBeUndefined();
  expect(frameFor('grace')).toBe(JSON.stringify([read('grace', 2)]));
});

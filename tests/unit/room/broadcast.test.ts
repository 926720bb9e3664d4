import { expect, test } from 'vitest';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import { framesOf } from '../../../worker/sockets/broadcast.ts';

const read = (userId: string, readSeq: number): ServerEvent => ({
  type: 'receipt_update',
  userId,
  readSeq,
});

test('everyone gets the same text, and only the addressee of a private event gets more, in order', () => {
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

test('a socket without events gets no frame', () => {
  const frameFor = framesOf([{ event: read('grace', 2), onlyTo: 'grace' }]);
  expect(frameFor('ada')).toBeUndefined();
  expect(frameFor('grace')).toBe(JSON.stringify([read('grace', 2)]));
});

test('an event that some may not see reaches everyone else, and they get the others', () => {
  const frameFor = framesOf([
    { event: read('ada', 1), notTo: new Set(['grace', 'linus']) },
    { event: read('ada', 2) },
  ]);
  expect(frameFor('ada')).toBe(JSON.stringify([read('ada', 1), read('ada', 2)]));
  expect(frameFor('grace')).toBe(JSON.stringify([read('ada', 2)]));
  const onlyOthers = framesOf([{ event: read('ada', 1), notTo: new Set(['grace']) }]);
  expect(onlyOthers('grace')).toBeUndefined();
});

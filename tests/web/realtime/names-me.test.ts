import { expect, test } from 'vitest';
import { namesMe } from '../../../web/realtime/message.ts';
import { messageAt } from '../../support/group-events.ts';

test('a message mentions me if it names me or everyone and is not mine', () => {
  expect(namesMe(messageAt(1, { mentions: ['ada'] }), 'ada')).toBe(true);
  expect(namesMe(messageAt(1, { content: 'all: <@all>' }), 'ada')).toBe(true);
  expect(namesMe(messageAt(1, { mentions: ['bob'] }), 'ada')).toBe(false);
  expect(namesMe(messageAt(1, { userId: 'ada', content: '<@here>' }), 'ada')).toBe(false);
});

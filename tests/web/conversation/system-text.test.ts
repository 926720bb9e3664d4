import { expect, test } from 'vitest';
import { systemText } from '../../../web/features/conversation/message/system-text.ts';

test('a line of a kind that this page does not know is shown as nothing', () => {
  expect(systemText({ kind: 'pinned_by_moonlight' })).toBeUndefined();
  expect(systemText({ kind: 'topic', text: '' })).toBe('removed the topic');
});

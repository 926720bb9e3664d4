import { expect, test } from 'vitest';
import { systemText } from '../../../web/features/conversation/message/system-row.tsx';

test('a system line of an unknown kind is not shown', () => {
  expect(systemText({ kind: 'pinned_by_moonlight' })).toBeUndefined();
  expect(systemText({ kind: 'topic', text: '' })).toBe('removed the topic');
});

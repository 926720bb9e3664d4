import { expect, test } from 'vitest';
import { restoredPercent, restoringDetail } from '../../../protocol/restoring.ts';

test('a detail says how much of a group is restored, and fits into the reason of a close', () => {
  for (const percent of [0, 40, 99]) {
    expect(restoredPercent(restoringDetail(percent))).toBe(percent);
    expect(new TextEncoder().encode(restoringDetail(percent)).length).toBeLessThanOrEqual(123);
  }
});

test('no other reason says so', () => {
  for (const reason of ['', 'moving', 'This group is being restored.', '40 %']) {
    expect(restoredPercent(reason)).toBe(undefined);
  }
});

import { describe, expect, test } from 'vitest';
import type { Reaction, User } from '../../../protocol/models.ts';
import { whoReacted } from '../../../web/features/conversation/reactions/reactions.tsx';

describe('users who reacted', () => {
  const userOf = (id: string): User => ({
    id,
    name: id.toUpperCase(),
    handle: id,
    imageUrl: '',
    role: 'member',
  });
  const reaction = (count: number, ...userIds: string[]): Reaction => ({
    emoji: '🎉',
    count,
    userIds,
  });

  test('are listed with me first, then the latest', () => {
    expect(whoReacted(reaction(3, 'bob', 'ada', 'cy'), 'ada', userOf)).toBe(
      'You, CY, and BOB reacted with 🎉',
    );
  });

  test('are counted if they are not named', () => {
    expect(whoReacted(reaction(3, 'bob', 'cy'), 'ada', userOf)).toBe(
      'CY, BOB, and 1 other reacted with 🎉',
    );
    const many = Array.from({ length: 100 }, (_, n) => `p${n}`);
    expect(whoReacted(reaction(250, ...many), 'ada', userOf)).toMatch(/and 240 others reacted/);
  });
});

import { describe, expect, test } from 'vitest';
import { nodeRoom, person } from '../../support/node-room.ts';

const grace = person('Grace');
const named = (name: string, profileAt: number) => ({ ...grace, name, profileAt });
const nameIn = (room: ReturnType<typeof nodeRoom>) => room.store.members.find(grace.id)?.user.name;

describe('a profile that a Room is told of', () => {
  test('wins over an older one that comes late, which makes no event', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Newest', 3_000));
    const told = room.events.length;
    room.membership.updateProfile(named('Older', 2_000));
    expect(nameIn(room)).toBe('Newest');
    expect(room.events).toHaveLength(told);
    room.membership.updateProfile(named('Last', 4_000));
    expect(nameIn(room)).toBe('Last');
  });

  test('wins although it says what the copy said before', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Grace', 3_000));
    room.membership.updateProfile(named('Between', 2_000));
    expect(nameIn(room)).toBe('Grace');
  });

  test('wins over the older one that somebody comes back with', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Newest', 3_000));
    room.membership.leave(grace.id);
    room.membership.join(named('Older', 2_000));
    expect(nameIn(room)).toBe('Newest');
    room.membership.updateProfile(named('Between', 2_500));
    expect(nameIn(room)).toBe('Newest');
  });

  test('of no version, as an earlier Worker tells it, is taken', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Newest', 3_000));
    room.membership.updateProfile({ ...grace, name: 'Unversioned' });
    expect(nameIn(room)).toBe('Unversioned');
  });

  test('keeps its version to itself', () => {
    const room = nodeRoom();
    room.membership.join(named('Grace', 3_000));
    room.membership.updateProfile(named('Augusta', 4_000));
    expect(JSON.stringify(room.events)).not.toContain('profileAt');
    expect(room.store.members.profileAt(grace.id)).toBe(4_000);
  });
});

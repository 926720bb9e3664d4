import { describe, expect, test } from 'vitest';
import { nodeRoom, person } from '../../support/node-room.ts';

const grace = person('Grace');
const named = (name: string, profileAt: number) => ({ ...grace, name, profileAt });
const nameIn = (room: ReturnType<typeof nodeRoom>) => room.store.members.find(grace.id)?.user.name;

describe('a profile update in a Room', () => {
  test('wins over an older one that arrives later, which writes no event', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Newest', 3_000));
    const before = room.events.length;
    room.membership.updateProfile(named('Older', 2_000));
    expect(nameIn(room)).toBe('Newest');
    expect(room.events).toHaveLength(before);
    room.membership.updateProfile(named('Last', 4_000));
    expect(nameIn(room)).toBe('Last');
  });

  test('wins even if it equals an earlier profile', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Grace', 3_000));
    room.membership.updateProfile(named('Between', 2_000));
    expect(nameIn(room)).toBe('Grace');
  });

  test('wins over the older profile of a member who rejoins', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Newest', 3_000));
    room.membership.leave(grace.id);
    room.membership.join(named('Older', 2_000));
    expect(nameIn(room)).toBe('Newest');
    room.membership.updateProfile(named('Between', 2_500));
    expect(nameIn(room)).toBe('Newest');
  });

  test('without a version, as from an earlier Worker, is accepted', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile(named('Newest', 3_000));
    room.membership.updateProfile({ ...grace, name: 'Unversioned' });
    expect(nameIn(room)).toBe('Unversioned');
  });

  test('does not expose its version', () => {
    const room = nodeRoom();
    room.membership.join(named('Grace', 3_000));
    room.membership.updateProfile(named('Augusta', 4_000));
    expect(JSON.stringify(room.events)).not.toContain('profileAt');
    expect(room.store.members.profileAt(grace.id)).toBe(4_000);
  });
});

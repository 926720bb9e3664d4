import { afterEach, expect, test, vi } from 'vitest';
import { clerkSignedIn } from '../../../web/session/clerk/clerk-signed-in.ts';

afterEach(() => vi.restoreAllMocks());

/** Ada's session; `remove` is how Clerk answers the request to end it. */
function adasSession(remove: () => Promise<void>) {
  vi.spyOn(location, 'assign').mockReturnValue();
  const getToken = vi.fn(async () => 'a token');
  const clerk = { user: { id: 'ada' }, session: { remove, getToken }, setActive: vi.fn() };
  return { session: clerkSignedIn('ada', clerk), clerk, getToken };
}

test('a token is asked for as long as the session is there, and none for another user', async () => {
  const { session, clerk } = adasSession(async () => undefined);
  expect(await session.getToken()).toBe('a token');
  clerk.user.id = 'grace';
  expect(await session.getToken()).toBeUndefined();
});

test('no token is asked for while the session is being ended, and after it was', async () => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const { session, getToken } = adasSession(() => {
    asked();
    return ended;
  });
  const left = session.signOut();
  await isAsked;
  await expect(session.getToken({ fresh: true })).rejects.toThrow('being ended');
  end();
  await left;
  await expect(session.getToken({ fresh: true })).rejects.toThrow('being ended');
  expect(getToken).not.toHaveBeenCalled();
});

test('a refused sign-out leaves the session as it was', async () => {
  const { session } = adasSession(() => Promise.reject(new Error('refused')));
  await expect(session.signOut()).rejects.toThrow('refused');
  expect(await session.getToken()).toBe('a token');
});

import { expect, test, vi } from 'vitest';
import { AwaitedSession } from '../../../web/session/awaited-session.ts';
import type { SignedIn } from '../../../web/session/session.ts';

function realSession(): SignedIn {
  return {
    state: 'signed-in',
    userId: 'user_ada',
    getToken: vi.fn(async () => 'a token'),
    signOut: vi.fn(async () => undefined),
  };
}

test('what asks for a token waits until the server confirms the session', async () => {
  const awaited = new AwaitedSession('user_ada', vi.fn());
  const token = awaited.getToken({ fresh: true });
  const real = realSession();
  awaited.arrived(real);
  expect(await token).toBe('a token');
  expect(real.getToken).toHaveBeenCalledWith({ fresh: true });
});

test('a token fails while the server cannot be reached, and never says that the session has ended', async () => {
  const awaited = new AwaitedSession('user_ada', vi.fn());
  const before = awaited.getToken();
  awaited.missed();
  await expect(before).rejects.toThrow('cannot be asked');
  await expect(awaited.getToken()).rejects.toThrow('cannot be asked');
  awaited.arrived(realSession());
  expect(await awaited.getToken()).toBe('a token');
});

test('signs out on the server if it can be reached, else on this machine alone', async () => {
  const here = vi.fn(async () => undefined);
  const real = realSession();
  const reached = new AwaitedSession('user_ada', here);
  const leaving = reached.signOut();
  reached.arrived(real);
  await leaving;
  expect(real.signOut).toHaveBeenCalledOnce();
  expect(here).not.toHaveBeenCalled();

  const lost = new AwaitedSession('user_ada', here);
  lost.missed();
  await lost.signOut();
  expect(here).toHaveBeenCalledExactlyOnceWith('user_ada');
});

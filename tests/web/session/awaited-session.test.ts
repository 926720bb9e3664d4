import { expect, test, vi } from 'vitest';
import { pageWake } from '../../../web/realtime/connection/wake.ts';
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

function awaitedSession(options?: { wanted?(): void; signOutHere?(): Promise<void> }) {
  const { wanted = vi.fn(), signOutHere = vi.fn() } = options ?? {};
  return new AwaitedSession('user_ada', { wanted, signOutHere });
}

test('the session is asked for at once by what needs it, and by what can wait after a second', () => {
  vi.useFakeTimers();
  const wanted = vi.fn();
  const awaited = awaitedSession({ wanted });
  void awaited.getToken({ isPatient: true });
  vi.advanceTimersByTime(999);
  expect(wanted).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(wanted).toHaveBeenCalledOnce();
  void awaited.getToken();
  expect(wanted).toHaveBeenCalledTimes(2);
  void awaited.signOut();
  expect(wanted).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

test('what asks for a token waits until the server confirms the session', async () => {
  const awaited = awaitedSession();
  const token = awaited.getToken({ fresh: true });
  const real = realSession();
  awaited.arrived(real);
  expect(await token).toBe('a token');
  expect(real.getToken).toHaveBeenCalledWith({ fresh: true });
});

test('a token fails while the server cannot be reached, and never says that the session has ended', async () => {
  const awaited = awaitedSession();
  const before = awaited.getToken();
  awaited.missed();
  await expect(before).rejects.toThrow('cannot be asked');
  await expect(awaited.getToken()).rejects.toThrow('cannot be asked');
  awaited.arrived(realSession());
  expect(await awaited.getToken()).toBe('a token');
});

test('the page is told when a session that was missed arrives, and of no other', () => {
  const told = vi.fn();
  const unwatch = pageWake.watch(told);
  const awaited = awaitedSession();
  awaited.arrived(realSession());
  expect(told).not.toHaveBeenCalled();
  awaited.missed();
  awaited.arrived(realSession());
  expect(told).toHaveBeenCalledOnce();
  unwatch();
  awaited.missed();
  awaited.arrived(realSession());
  expect(told).toHaveBeenCalledOnce();
});

test('signs out on the server if it can be reached, else on this machine alone', async () => {
  const here = vi.fn(async () => undefined);
  const real = realSession();
  const reached = awaitedSession({ signOutHere: here });
  const leaving = reached.signOut();
  reached.arrived(real);
  await leaving;
  expect(real.signOut).toHaveBeenCalledOnce();
  expect(here).not.toHaveBeenCalled();

  const lost = awaitedSession({ signOutHere: here });
  lost.missed();
  await lost.signOut();
  expect(here).toHaveBeenCalledExactlyOnceWith('user_ada');
});

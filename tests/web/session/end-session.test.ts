import { afterEach, describe, expect, test, vi } from 'vitest';
import { type EndingClerk, endSession } from '../../../web/session/end-session.ts';

/** What happened, in order. */
let log: string[] = [];
/** Clerk's response to `touch`. */
let touch: () => Promise<void> = async () => undefined;

afterEach(() => {
  log = [];
  touch = async () => undefined;
  vi.restoreAllMocks();
});

/** Ends Ada's session in a page where the user `signedIn` is signed in. */
function end(signedIn: string | undefined, { isOver = false } = {}): Promise<void> {
  const clerk: EndingClerk = {
    user: signedIn === undefined ? null : { id: signedIn },
    session: { touch: () => touch() },
    async signOut(ended) {
      log.push('session ended');
      await ended();
    },
  };
  return endSession({
    userId: 'ada',
    clerk,
    isOver,
    forgetPerson: async (userId) => {
      log.push(`${userId} forgotten`);
    },
    isAnswer: (error) => error === 'an answer',
  });
}

describe('signing out', () => {
  test('ends the session first, then forgets the user', async () => {
    await end('ada');
    expect(log).toEqual(['session ended', 'ada forgotten']);
  });

  test('deletes nothing and ends nothing where Clerk cannot be reached', async () => {
    touch = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(end('ada')).rejects.toThrow('Failed to fetch');
    expect(log).toEqual([]);
  });

  test('deletes nothing and ends nothing without a network', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await expect(end('ada')).rejects.toThrow('without a network');
    expect(log).toEqual([]);
  });

  test('continues when Clerk answers that the session has already ended', async () => {
    touch = () => Promise.reject('an answer');
    await end('ada');
    expect(log).toEqual(['session ended', 'ada forgotten']);
  });
});

describe('a session that the server ended', () => {
  test('is forgotten even where Clerk cannot be reached', async () => {
    touch = () => Promise.reject(new TypeError('Failed to fetch'));
    await end('ada', { isOver: true });
    expect(log.slice(0, 2)).toEqual(['ada forgotten', 'session ended']);
  });

  test('does not sign out another user who has signed in meanwhile', async () => {
    await end('grace', { isOver: true });
    await end('grace');
    await end(undefined);
    expect(log).toEqual(['ada forgotten', 'ada forgotten', 'ada forgotten']);
  });
});

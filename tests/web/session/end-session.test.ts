import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type EndFailure,
  type EndingClerk,
  endSession,
  removeSession,
} from '../../../web/session/end-session.ts';

/** What happened, in order. */
let log: string[] = [];

afterEach(() => {
  log = [];
  vi.restoreAllMocks();
});

/** Ends Ada's session in a page where the user `signedIn` is signed in; `failure` is how Clerk fails. */
function end(
  signedIn: string | undefined,
  { isOver = false, failure }: { isOver?: boolean; failure?: EndFailure } = {},
): Promise<void> {
  const clerk: EndingClerk = {
    user: signedIn === undefined ? null : { id: signedIn },
    session: {
      async remove() {
        if (failure) throw new Error(failure);
        log.push('session ended');
      },
    },
    async setActive() {
      log.push('page left');
    },
  };
  return endSession({
    userId: 'ada',
    clerk,
    isOver,
    forgetPerson: async (userId) => {
      log.push(`${userId} forgotten`);
    },
    owe: (userId) => {
      log.push(`${userId} owed`);
    },
    failureOf: () => failure ?? 'refused',
  });
}

describe('signing out', () => {
  test('ends the session first, then forgets the user, and then drops the session from the page', async () => {
    await end('ada');
    expect(log).toEqual(['session ended', 'ada forgotten', 'page left']);
  });

  test('deletes nothing and keeps the session on the page if Clerk refuses, so that it can be repeated', async () => {
    await expect(end('ada', { failure: 'refused' })).rejects.toThrow('refused');
    expect(log).toEqual([]);
    await end('ada');
    expect(log).toEqual(['session ended', 'ada forgotten', 'page left']);
  });

  test('forgets the user where Clerk cannot be reached, and owes the end of the session', async () => {
    await end('ada', { failure: 'unreachable' });
    expect(log).toEqual(['ada owed', 'ada forgotten']);
  });

  test('does not take a request that a page without a network never sent for an answer', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await end('ada');
    expect(log).toEqual(['ada owed', 'ada forgotten']);
  });

  test('continues when Clerk answers that the session has already ended', async () => {
    await end('ada', { failure: 'over' });
    expect(log).toEqual(['ada forgotten', 'page left']);
  });
});

describe('a session that the server ended', () => {
  test('is forgotten even where Clerk cannot be reached or refuses', async () => {
    await end('ada', { isOver: true, failure: 'unreachable' });
    expect(log).toEqual(['ada forgotten', 'ada owed']);
    log = [];
    await end('ada', { isOver: true, failure: 'refused' });
    expect(log).toEqual(['ada forgotten', 'page left']);
  });

  test('does not sign out another user who has signed in meanwhile', async () => {
    await end('grace', { isOver: true });
    await end('grace');
    await end(undefined);
    expect(log).toEqual(['ada forgotten', 'ada forgotten', 'ada forgotten']);
  });
});

test.each([
  ['active', false],
  ['removed', true],
  ['ended', true],
])(
  'a session that is %s after Clerk was asked to end it has ended: %s',
  async (after, hasEnded) => {
    const session = {
      status: 'active',
      async remove() {
        session.status = after;
      },
    };
    const ended = removeSession({ user: { id: 'ada' }, session, setActive: async () => undefined });
    expect(
      await ended.then(
        () => true,
        () => false,
      ),
    ).toBe(hasEnded);
  },
);

import { afterEach, expect, test, vi } from 'vitest';
import { forgetting } from '../../../web/realtime/forgetting.ts';
import { leaving } from '../../../web/session/clerk/leaving.ts';
import { signOut } from '../../../web/session/clerk/sign-out.ts';
import type { EndingClerk } from '../../../web/session/end-session.ts';

afterEach(() => vi.restoreAllMocks());

/** A page in which Ada is signed in; `answer` is how Clerk answers each request to end the session, in order. */
function adasPage(...answers: (() => Promise<void>)[]) {
  const remove = vi.fn(() => answers.shift()?.() ?? Promise.resolve());
  const clerk: EndingClerk = { user: { id: 'ada' }, session: { remove }, setActive: vi.fn() };
  const left = vi.spyOn(location, 'assign').mockReturnValue();
  return { clerk, remove, left };
}

test('the report that the session is over, while it is being ended, asks Clerk no second time', async () => {
  let finish: () => void = () => undefined;
  const { clerk, remove, left } = adasPage(() => new Promise((resolve) => (finish = resolve)));
  const own = signOut(clerk, 'ada', false);
  const report = signOut(clerk, 'ada', true);
  finish();
  await Promise.all([own, report]);
  expect(remove).toHaveBeenCalledOnce();
  expect(left).toHaveBeenCalledOnce();
});

test('the report counts where Clerk refused the sign-out itself', async () => {
  const { clerk, remove, left } = adasPage(() => Promise.reject(new Error('refused')));
  const own = signOut(clerk, 'ada', false);
  const report = signOut(clerk, 'ada', true);
  await expect(own).rejects.toThrow('refused');
  await report;
  expect(remove).toHaveBeenCalledTimes(2);
  expect(left).toHaveBeenCalledOnce();
});

test('a sign-out that was refused can be repeated', async () => {
  const { clerk, left } = adasPage(() => Promise.reject(new Error('refused')));
  await expect(signOut(clerk, 'ada', false)).rejects.toThrow('refused');
  await signOut(clerk, 'ada', false);
  expect(left).toHaveBeenCalledOnce();
});

test.each([
  ['goes through', () => Promise.resolve(), true],
  ['is refused', () => Promise.reject(new Error('refused')), false],
])('a sign-out that %s: the page counts as being left: %s', async (_, answer, isLeft) => {
  leaving.cancel();
  const { clerk } = adasPage(answer);
  await signOut(clerk, 'ada', false).catch(() => undefined);
  expect(leaving.isTrue).toBe(isLeft);
});

test('a page whose user is gone from Clerk is left, even if the local data cannot be deleted', async () => {
  const { clerk, left } = adasPage(async () => void Object.assign(clerk, { user: null }));
  vi.spyOn(forgetting, 'forgetPerson').mockRejectedValue(new Error('no disk'));
  await expect(signOut(clerk, 'ada', false)).rejects.toThrow('no disk');
  expect(left).toHaveBeenCalledOnce();
});

test.each([true, false])(
  '"back" to the page that was left (as it was: %s) never shows it again',
  async (persisted) => {
    const { clerk } = adasPage();
    const reloaded = vi.spyOn(location, 'reload').mockReturnValue();
    await signOut(clerk, 'ada', false);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
    expect(reloaded.mock.calls.length > 0).toBe(persisted);
  },
);

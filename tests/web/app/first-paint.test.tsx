import { readFileSync } from 'node:fs';
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Entrance, loadEntrance } from '../../../web/app/entrance.tsx';
import { SessionProvider } from '../../../web/session/session-provider.tsx';
import { clearPageAfterEach } from '../../support/ada-page.tsx';

const SCRIPT = readFileSync('web/public/first-paint.js', 'utf8');
const CODE = {
  welcome: '/assets/visitor-page-1.js',
  frame: '/assets/signed-in-1.js',
  session: '/assets/clerk-session-1.js /assets/clerk-1.js',
  account: '/assets/account-page-1.js',
};

interface Visit {
  path: string;
  stored?: Record<string, string>;
  cookie?: string;
}

/** Runs the script as the HTML of this visit does; returns what it tells the page and its styles. */
function runBeforePaint({ path, stored = {}, cookie = '' }: Visit): Record<string, unknown> {
  history.replaceState(null, '', path);
  for (const [name, value] of Object.entries(stored)) localStorage.setItem(name, value);
  const currentScript = { dataset: CODE };
  const page = new Proxy(document, {
    get: (target, name) => {
      if (name === 'currentScript') return currentScript;
      if (name === 'cookie') return cookie;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  new Function('document', SCRIPT)(page);
  const { first, session, theme, density } = document.documentElement.dataset;
  const links = [...document.head.querySelectorAll('link[rel="modulepreload"]')];
  const preloads = links.map((link) => link.getAttribute('href')).join(' ');
  return { first, session, theme, density, preloads };
}

beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => undefined)));

clearPageAfterEach();

afterEach(() => {
  localStorage.clear();
  document.head.replaceChildren();
  for (const name of ['first', 'session', 'theme', 'density'])
    delete document.documentElement.dataset[name];
});

const USER = { 'edgewise.user': 'user_ada' };
const PLAIN = { first: undefined, session: undefined, theme: undefined, density: undefined };
const NOTHING = { ...PLAIN, preloads: CODE.welcome };
const FRAME = { ...PLAIN, first: 'frame', session: 'expected', preloads: CODE.frame };
/** Nothing is cached for anyone: Clerk has to say who is here. */
const UNKNOWN = { ...FRAME, preloads: `${CODE.frame} ${CODE.session}` };

describe('before the first paint', () => {
  test.each<[string, Visit, Record<string, unknown>]>([
    ['a visitor sees the welcome page', { path: '/' }, NOTHING],
    ['a visitor with a link waits for its page', { path: '/g/1' }, { ...NOTHING, first: 'link' }],
    ['a user of the last visit sees the frame', { path: '/', stored: USER }, FRAME],
    ['with a link, too', { path: '/g/1', stored: USER }, FRAME],
    ['a session that began elsewhere counts', { path: '/', cookie: '__client_uat=1790' }, UNKNOWN],
    [
      'under the name of its instance, too',
      { path: '/', cookie: 'a=1; __client_uat_a1b2=17' },
      UNKNOWN,
    ],
    ['a session that ended does not', { path: '/', cookie: '__client_uat=0' }, NOTHING],
    ['a way back from Clerk counts', { path: '/?__clerk_handshake=1' }, UNKNOWN],
    [
      'a session whose end is owed does not count',
      {
        path: '/',
        stored: { ...USER, 'edgewise.owed-sign-out': 'user_ada' },
        cookie: '__client_uat=1',
      },
      NOTHING,
    ],
    [
      'a page of Clerk shows neither, and loads no group',
      { path: '/sign-in?then=%2F', stored: USER },
      { ...FRAME, first: 'account', preloads: CODE.account },
    ],
    [
      'a chosen theme holds',
      { path: '/', stored: { 'edgewise.theme': 'dark' } },
      { ...NOTHING, theme: 'dark' },
    ],
    [
      'a chosen density holds',
      { path: '/', stored: { 'edgewise.density': 'compact' } },
      { ...NOTHING, density: 'compact' },
    ],
  ])('%s', (_, visit, told) => {
    expect(runBeforePaint(visit)).toEqual(told);
  });
});

describe('the first frame of the page is the same as the first paint', () => {
  const page = (
    <SessionProvider>
      <Entrance />
    </SessionProvider>
  );

  test('for a visitor', async () => {
    runBeforePaint({ path: '/' });
    await loadEntrance();
    render(page);
    await screen.findByRole('heading', { name: 'Group chat that keeps its word' });
  });

  test.each<[string, Visit]>([
    ['a user of the last visit', { path: '/', stored: USER }],
    ['a session that began elsewhere', { path: '/', cookie: '__client_uat=1790' }],
  ])('for %s', (_, visit) => {
    runBeforePaint(visit);
    render(page);
    expect(screen.getByRole('status').textContent).toBe('Loading');
    expect(screen.queryByRole('heading')).toBeNull();
  });
});

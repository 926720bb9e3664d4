import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test';
import { findAccessibilityFaults } from './accessibility.ts';
import { type Person, signIn } from './person.ts';

/** A signed-in user with their own browser. As a `Person` they also send REST requests and connect sockets outside of it. */
export interface Visitor extends Person {
  /** Unique: people of different tests never meet. */
  name: string;
  context: BrowserContext;
  page: Page;
}

/** The options of a browser, as for a new context of Playwright: viewport, theme, permissions. */
export type BrowserOptions = Parameters<Browser['newContext']>[0];

/** Signs a new user in, in a browser that shows an empty page. */
export type MakeVisitor = (name: string, options?: BrowserOptions) => Promise<Visitor>;

interface Fixtures {
  /** Console errors that a test causes on purpose (a lost network, a refused address); all others fail it. */
  expectedErrors: readonly RegExp[];
  visitor: MakeVisitor;
  /** Opens a browser in which nobody is signed in. */
  stranger(options?: BrowserOptions): Promise<{ context: BrowserContext; page: Page }>;
}

/** Playwright's `test`, with people; a console error or an uncaught exception in any of their pages fails it. */
export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],

  stranger: async ({ browser, baseURL, expectedErrors }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    const note = (text: string) => {
      if (!expectedErrors.some((expected) => expected.test(text))) errors.push(text);
    };
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), ...options });
      contexts.push(context);
      context.on('console', (message) => {
        if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => note(String(error.error())));
      return { context, page: await context.newPage() };
    });
    for (const context of contexts) await context.close();
    expect(errors, 'the pages logged no errors').toEqual([]);
  },

  visitor: async ({ stranger, baseURL }, use) => {
    await use(async (name, options) => {
      const { context, page } = await stranger(options);
      const only = `${name} ${crypto.randomUUID().slice(0, 4)}`;
      const signedIn = await context.request.post('/__clerk/v1/client/sign_ins', {
        headers: { origin: new URL(baseURL ?? '').origin },
        form: { strategy: 'ticket', ticket: `demo:${only}` },
      });
      expect(signedIn.ok(), `${only} can sign in`).toBe(true);
      return { ...(await signIn(baseURL ?? '', only)), context, page };
    });
  },
});

/** Fails the test with axe's findings on the current page. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findAccessibilityFaults(page)).toEqual([]);
}

export { expect };

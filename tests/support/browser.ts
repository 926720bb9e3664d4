import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { findAccessibilityFaults } from './accessibility.ts';

/** Somebody with a browser of their own, signed in. */
export interface Visitor {
  /** No two tests have people of the same name, so that they never meet. */
  name: string;
  context: BrowserContext;
  page: Page;
}

interface Fixtures {
  /** Console errors that a test brings about on purpose (a lost network, a refused address); all others fail it. */
  expectedErrors: readonly RegExp[];
  /** Signs a person in, in a browser of their own that shows an empty page; `viewport` and theme as for a new context. */
  visitor(name: string, options?: Parameters<BrowserNewContext>[0]): Promise<Visitor>;
  /** Opens a browser in which nobody is signed in. */
  stranger(
    options?: Parameters<BrowserNewContext>[0],
  ): Promise<{ context: BrowserContext; page: Page }>;
}
type BrowserNewContext = import('@playwright/test').Browser['newContext'];

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
      return { name: only, context, page };
    });
  },
});

/** What axe finds wrong on the page as it is shown now; the test fails with it. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findAccessibilityFaults(page)).toEqual([]);
}

export { expect };

import type { Page } from '@playwright/test';

/** The frames with a message id that a page holds back. */
export interface HeldMessages {
  /** Lets the open page send everything from now on. */
  release(): Promise<void>;
}

/**
 * Keeps messages from leaving a page that is opened after this: they get lost, or the server seems to refuse them. The
 * page's own socket is patched, because Playwright's `routeWebSocket` shows the page an open socket while the real one is
 * already closing, and frames that it then forwards make the browser log an error.
 */
export async function holdMessages(page: Page, how: 'lost' | 'refused'): Promise<HeldMessages> {
  await page.addInitScript((become) => {
    WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, {
      apply(send, socket: WebSocket, [data]: [unknown]) {
        const [, id] = /"id":"([^"]+)"/.exec(String(data)) ?? [];
        if (id === undefined || Reflect.get(window, 'messagesLeave') === true) {
          Reflect.apply(send, socket, [data]);
        } else if (become === 'refused') {
          const error = { type: 'error', code: 'internal', message: 'The server stumbled.', id };
          const answer = new MessageEvent('message', { data: JSON.stringify([error]) });
          setTimeout(() => socket.dispatchEvent(answer));
        }
      },
    });
  }, how);
  return {
    release: () => page.evaluate(() => void Reflect.set(window, 'messagesLeave', true)),
  };
}

import { mentionOf } from '../../protocol/mentions.ts';
import { expect, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

/** The ways in which a WebSocket fails, each run in the page before its own code. */
const BLOCKED: [how: string, block: () => void][] = [
  [
    // Like a proxy that lets the request through and then drops the connection.
    'refuses WebSockets',
    () => {
      window.WebSocket = class extends WebSocket {
        constructor() {
          super('ws://127.0.0.1:1/');
        }
      };
    },
  ],
  [
    // Like an extension that protects privacy.
    'makes the constructor of WebSockets throw',
    () => {
      window.WebSocket = new Proxy(WebSocket, {
        construct() {
          throw new DOMException('not allowed here', 'SecurityError');
        },
      });
    },
  ],
];

for (const [how, block] of BLOCKED) {
  test(`two people chat although one's network ${how}`, async ({ visitor }) => {
    const { ada, grace, group } = await pair(visitor, 'Blocked');
    await ada.page.addInitScript(block);
    const hers = await openGroup(ada.page, group.id);
    const theirs = await openGroup(grace.page, group.id);
    await theirs.say('Can you hear me?');
    await expect(hers.message('Can you hear me?')).toBeVisible({ timeout: 30_000 });
    await hers.say('Loud and clear.');
    await expect(theirs.message('Loud and clear.')).toHaveCount(1);
    await expect(ada.page.getByText('Sending…')).toHaveCount(0);
    await theirs.say('At once?');
    await expect(hers.message('At once?')).toBeVisible({ timeout: 5_000 });
    await expect(ada.page.getByText(/^Offline, as of|^Reconnecting|^Connecting/)).toHaveCount(0);
    const other = await grace.createGroup({ name: 'Elsewhere', memberIds: [ada.userId] });
    await grace.post(other.id, `Look, ${mentionOf(ada.userId)}`);
    const name = 'Elsewhere, 1 unread message, 1 mention';
    await expect(ada.page.getByRole('link', { name, exact: true })).toBeVisible({ timeout: 5_000 });
    await hers.composer.pressSequentially('yes');
    await expect(grace.page.getByText(`${ada.name} is typing…`)).toBeVisible();
  });
}

test.use({
  expectedErrors: [
    /WebSocket connection to 'ws:\/\/127\.0\.0\.1:1\/' failed|Content Security Policy/,
  ],
});

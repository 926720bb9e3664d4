import type { MessageNotification } from '../../../protocol/notifications.ts';

/** The names of the locks that pages hold while they show a timeline or a thread: all pages of the browser see them. */
const NAME = 'edgewise.on-screen';
const nameOf = (groupId: string, parentId = '') => `${NAME} ${groupId} ${parentId}`;

/** Says to all pages that this one shows a timeline, or a thread, until the returned function is called or the page closes. */
export function putOnScreen(groupId: string, parentId?: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = new AbortController();
  const options = { mode: 'shared', signal: waiting.signal } as const;
  navigator.locks.request(nameOf(groupId, parentId), options, () => promise).catch(() => undefined);
  return () => {
    waiting.abort();
    resolve();
  };
}

/** Whether a page shows the place of this message. */
export async function isOnScreen({ groupId, parentId }: MessageNotification): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === nameOf(groupId, parentId));
}

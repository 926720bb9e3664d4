// What the service worker does with notifications; the build lets it import this file (vite.config.ts). The payload is a
// `PushPayload` (protocol/push.ts); the page shows its own notifications with the same data (web/features/notifications).

const TEST = { title: 'Notifications work', body: 'Edgewise reaches this browser.' };

// Android shows the badge in its status bar, of which it takes only the shape.
const ICONS = { icon: '/icon-192.png', badge: '/badge-96.png' };

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data?.json()));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? '/'));
});

async function show(payload) {
  const { registration } = self;
  if (payload?.type !== 'message') {
    const { title, body } = TEST;
    return registration.showNotification(title, {
      ...ICONS,
      body,
      tag: 'test',
      data: { path: '/' },
    });
  }
  const { notification, read } = payload;
  const { groupId, messageId, seq, parentId, title, body, at } = notification;
  const shown = await registration.getNotifications();
  for (const other of shown) if (read.includes(other.tag) && other.tag !== groupId) other.close();
  // Pushes may overtake one another. A browser requires that each shows something, and the newer one is shown already.
  if (shown.some(({ tag, data }) => tag === groupId && data?.seq > seq)) return undefined;
  return registration.showNotification(title, {
    ...ICONS,
    body,
    tag: groupId,
    timestamp: at,
    renotify: true,
    data: { groupId, seq, parentId, path: `/g/${groupId}/m/${messageId}` },
  });
}

/** Shows this address in an open page of ours, the one that was used last, or in a new one. */
async function open(path) {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!page) return self.clients.openWindow(path);
  page.postMessage({ type: 'open', path });
  return page.focus();
}

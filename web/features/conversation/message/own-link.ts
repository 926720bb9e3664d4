import type { MouseEvent } from 'react';

const PLACE = /^\/g\/([0-9a-f-]{36})(?:\/m\/([0-9a-f-]{36}))?$/;

/** A place of this page that a click leads to: a group, or a message in it. */
export interface OwnLink {
  path: string;
  groupId: string;
  messageId: string | undefined;
}

/** The link in a message that was clicked, if it leads to a group or a message here; not one that is to open elsewhere. */
export function ownLink(event: MouseEvent): OwnLink | undefined {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return undefined;
  const link = target instanceof Element ? target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return undefined;
  const [, groupId, messageId] = PLACE.exec(link.pathname) ?? [];
  return groupId === undefined ? undefined : { path: link.pathname, groupId, messageId };
}

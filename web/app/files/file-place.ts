import { requestOfComposer } from '../../ui/composer-requests.ts';

/** The composer that takes files which are pasted or dropped somewhere. */
export interface FilePlace {
  groupId: string;
  parentId: string | null;
  /** The part of the page that leads to it: the timeline, or a thread. */
  region: Element;
  /** The name of its field. */
  label: string;
}

/** The place of this element; undefined where nothing can be written. */
export function filePlaceOf(target: EventTarget | null): FilePlace | undefined {
  const groupId = /^\/g\/([^/]+)/.exec(location.pathname)?.[1];
  if (groupId === undefined || !(target instanceof Element) || target.closest('[role=dialog]')) {
    return undefined;
  }
  const thread = new URLSearchParams(location.search).get('thread');
  // A panel that is no thread has no composer, and on a phone a thread covers the timeline.
  for (const region of [target.closest('aside'), document.querySelector('main')]) {
    const form = region?.querySelector('input[type=file]')?.closest('form');
    const label = form?.querySelector('textarea')?.ariaLabel;
    if (region && label) {
      return { groupId, parentId: region.matches('aside') ? thread : null, region, label };
    }
  }
  return undefined;
}

/** Adds files that were pasted or dropped on an element to the message that is written there. */
export function takeFiles(target: EventTarget | null, files: readonly File[]): void {
  const place = filePlaceOf(target);
  if (!place || files.length === 0) return;
  const { groupId, parentId } = place;
  requestOfComposer({ type: 'files', groupId, parentId, files });
}

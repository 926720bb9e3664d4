import { requestOfComposer } from '../../ui/composer-requests.ts';

/** The composer or the edit form that takes files which are pasted or dropped somewhere. */
export interface FilePlace {
  groupId: string;
  parentId: string | null;
  /** The part of the page that leads to it: the timeline, or a thread. */
  region: Element;
  /** The name of its field. */
  label: string;
  /** The message that is edited there. */
  edits?: string | undefined;
}

/** The place of this element; undefined where nothing can be written. */
export function filePlaceOf(target: EventTarget | null): FilePlace | undefined {
  const groupId = /^\/g\/([^/]+)/.exec(location.pathname)?.[1];
  if (groupId === undefined || !(target instanceof Element) || target.closest('[role=dialog]')) {
    return undefined;
  }
  const thread = new URLSearchParams(location.search).get('thread');
  const aside = target.closest('aside');
  const edit = target.closest('form[data-edits]');
  if (edit instanceof HTMLElement) {
    const parentId = aside ? thread : null;
    return {
      groupId,
      parentId,
      region: edit,
      label: 'Edited message',
      edits: edit.dataset['edits'],
    };
  }
  // A panel that is no thread has no composer, and on a phone a thread covers the timeline.
  for (const region of [aside, document.querySelector('main')]) {
    const form = region?.querySelector('form:not([data-edits]) input[type=file]')?.closest('form');
    const label = form?.querySelector('textarea')?.ariaLabel;
    if (region && label)
      return { groupId, parentId: region === aside ? thread : null, region, label };
  }
  return undefined;
}

/** Adds files that were pasted or dropped on an element to the message that is written there. */
export function takeFiles(target: EventTarget | null, files: readonly File[]): void {
  const place = filePlaceOf(target);
  if (!place || files.length === 0) return;
  const { groupId, parentId, edits } = place;
  if (edits === undefined) requestOfComposer({ type: 'files', groupId, parentId, files });
  else requestOfComposer({ type: 'edit_files', groupId, parentId, messageId: edits, files });
}

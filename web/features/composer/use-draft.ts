import { useEffect, useMemo } from 'react';
import { type StoredDraft, watchForgottenDrafts } from '../../realtime/drafts.ts';
import { Draft } from './draft.ts';

/** The draft of a person in a group or a thread; stored when that is left or the page is hidden, whatever was just typed. */
export function useDraft(userId: string, groupId: string, parentId?: string): Draft {
  const draft = useMemo(
    () => new Draft({ userId, groupId, parentId }),
    [userId, groupId, parentId],
  );
  useKept(draft, userId, groupId);
  return draft;
}

/** The same of a message that is edited, by its id; `first` is what it said when that began. */
export function useEditDraft(
  place: { userId: string; groupId: string },
  edits: string,
  first: StoredDraft,
): Draft {
  const { userId, groupId } = place;
  const draft = useMemo(
    () => new Draft({ userId, groupId, edits }, first),
    [userId, groupId, edits, first],
  );
  useKept(draft, userId, groupId);
  return draft;
}

function useKept(draft: Draft, userId: string, groupId: string): void {
  useEffect(() => {
    void draft.load();
    // Earlier than `pagehide`: what a page begins to store while it goes may never be stored.
    document.addEventListener('visibilitychange', draft.save);
    window.addEventListener('pagehide', draft.save);
    // Told before anything is deleted: what is stored after that would stay.
    const unwatch = watchForgottenDrafts({ userId, groupId }, () => draft.forget());
    return () => {
      unwatch();
      document.removeEventListener('visibilitychange', draft.save);
      window.removeEventListener('pagehide', draft.save);
      draft.save();
    };
  }, [draft, userId, groupId]);
}

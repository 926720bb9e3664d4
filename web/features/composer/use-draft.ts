import { useEffect, useMemo } from 'react';
import { watchForgottenDrafts } from '../../realtime/drafts.ts';
import { Draft } from './draft.ts';

/** The draft of a user in a group or a thread. Unmounting it or hiding the page stores it at once. */
export function useDraft(userId: string, groupId: string, parentId?: string): Draft {
  const draft = useMemo(
    () => new Draft({ userId, groupId, parentId }),
    [userId, groupId, parentId],
  );
  useKept(draft, userId, groupId);
  return draft;
}

/** Loads a draft, and stores it when its component is unmounted and when the page is hidden. */
export function useKept(draft: Draft, userId: string, groupId: string): void {
  useEffect(() => {
    void draft.load();
    // It fires before `pagehide`, when a write may no longer finish.
    document.addEventListener('visibilitychange', draft.save);
    window.addEventListener('pagehide', draft.save);
    // Called before the deletion: a draft that is stored after it would stay.
    const unwatch = watchForgottenDrafts({ userId, groupId }, () => draft.forget());
    return () => {
      unwatch();
      document.removeEventListener('visibilitychange', draft.save);
      window.removeEventListener('pagehide', draft.save);
      draft.save();
    };
  }, [draft, userId, groupId]);
}

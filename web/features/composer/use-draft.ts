import { useEffect, useMemo } from 'react';
import { forgetting } from '../../realtime/forgetting.ts';
import { Draft } from './draft.ts';

/** The draft of a person in a group or a thread; stored when that is left or the page is hidden, whatever was just typed. */
export function useDraft(userId: string, groupId: string, parentId?: string): Draft {
  const draft = useMemo(
    () => new Draft({ userId, groupId, parentId }),
    [userId, groupId, parentId],
  );
  useEffect(() => {
    void draft.load();
    // Earlier than `pagehide`: what a page begins to store while it goes may never be stored.
    document.addEventListener('visibilitychange', draft.save);
    window.addEventListener('pagehide', draft.save);
    const unwatch = forgetting.watch((forgotten) => {
      if (forgotten === userId) draft.forget();
    });
    return () => {
      unwatch();
      document.removeEventListener('visibilitychange', draft.save);
      window.removeEventListener('pagehide', draft.save);
      draft.save();
    };
  }, [draft, userId]);
  return draft;
}

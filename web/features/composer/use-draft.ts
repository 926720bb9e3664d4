import { useEffect, useMemo } from 'react';
import { Draft } from './draft.ts';

/** The draft of a person in a group or a thread; stored when that is left or the page is hidden, whatever was just typed. */
export function useDraft(userId: string, groupId: string, parentId: string | null = null): Draft {
  const draft = useMemo(() => new Draft(userId, groupId, parentId), [userId, groupId, parentId]);
  useEffect(() => {
    window.addEventListener('pagehide', draft.save);
    return () => {
      window.removeEventListener('pagehide', draft.save);
      draft.save();
    };
  }, [draft]);
  return draft;
}

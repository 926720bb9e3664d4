import { useEffect, useMemo } from 'react';
import { Draft, openDrafts } from './draft.ts';

/** The draft of a person in a group; stored when the group is left or the page is hidden, whatever was just typed. */
export function useDraft(userId: string, groupId: string): Draft {
  const draft = useMemo(() => new Draft(userId, groupId), [userId, groupId]);
  useEffect(() => {
    openDrafts.add(draft);
    window.addEventListener('pagehide', draft.save);
    return () => {
      window.removeEventListener('pagehide', draft.save);
      draft.save();
      openDrafts.delete(draft);
    };
  }, [draft]);
  return draft;
}

import { type DraftPlace, DraftRow, draftKey } from '../../realtime/cache/draft-row.ts';
import { withLocalDatabase } from '../../realtime/cache/local-database.ts';

/** A draft: the text of the field, and the people whom its `@names` mean. */
export type StoredDraft = Pick<DraftRow, 'text' | 'named'>;

/** The stored draft of a place; undefined without one, or where the browser stores nothing (some private windows). */
export async function readDraft(place: DraftPlace): Promise<StoredDraft | undefined> {
  const stored = await withLocalDatabase((db) => db.get('drafts', draftKey(place)));
  return DraftRow.safeParse(stored).data;
}

/**
 * Stores a draft; one without text is deleted. Never rejects, because the text is still on the screen. Writes and commits in
 * one turn: a page that reloads right after a key has no other, and the browser undoes an uncommitted write.
 */
export async function writeDraft(place: DraftPlace, draft: StoredDraft): Promise<void> {
  const [userId, groupId, parentId] = draftKey(place);
  await withLocalDatabase(async (db) => {
    const transaction = db.transaction('drafts', 'readwrite');
    const { store } = transaction;
    const request =
      draft.text === ''
        ? store.delete(draftKey(place))
        : store.put({ userId, groupId, parentId, ...draft });
    transaction.commit();
    await Promise.all([request, transaction.done]);
  });
}

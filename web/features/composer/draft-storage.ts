import { type DraftPlace, DraftRow, draftKey } from '../../realtime/cache/draft-row.ts';
import { withLocalDatabase } from '../../realtime/cache/local-database.ts';

/** What somebody has begun to write: the text as it stands in the field, and whom its `@names` mean. */
export type StoredDraft = Pick<DraftRow, 'text' | 'named'>;

/** The draft of a place; undefined for none, or where nothing can be kept (some private windows). */
export async function readDraft(place: DraftPlace): Promise<StoredDraft | undefined> {
  const stored = await withLocalDatabase((db) => db.get('drafts', draftKey(place)));
  return DraftRow.safeParse(stored).data;
}

/**
 * Keeps it; one without text is forgotten. Never rejects: nothing that is still on the screen is lost. Handed over and
 * committed in one turn: a page that is reloaded right after a key has no other, and what it has not committed is undone.
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

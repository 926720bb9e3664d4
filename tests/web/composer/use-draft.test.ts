import 'fake-indexeddb/auto';
import { renderHook } from '@testing-library/react';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { useDraft } from '../../../web/features/composer/use-draft.ts';
import { readDraft } from '../../../web/realtime/drafts.ts';
import { outboxStore } from '../../../web/realtime/outbox/store.ts';

/** Types in a group. */
function typing() {
  const groupId = uuidv7();
  const { result, unmount } = renderHook(() => useDraft('ada', groupId));
  result.current.write('n');
  result.current.write('not finished');
  return { groupId, draft: result.current, unmount };
}

test('text is stored when the group is left right after typing', async () => {
  const { groupId, unmount } = typing();
  unmount();
  expect((await readDraft({ userId: 'ada', groupId }))?.text).toBe('not finished');
});

test.each(['the group', 'the person'])(
  'text typed before %s was forgotten is not stored afterwards',
  async (what) => {
    const { groupId, draft, unmount } = typing();
    await outboxStore.forget('ada', what === 'the group' ? groupId : undefined);
    expect(draft.text).toBe('');
    draft.write('typed before the screen is gone');
    unmount();
    expect(await readDraft({ userId: 'ada', groupId })).toBeUndefined();
  },
);

test('a draft in another group stays', async () => {
  const { groupId, draft, unmount } = typing();
  await outboxStore.forget('ada', uuidv7());
  expect(draft.text).toBe('not finished');
  unmount();
  expect((await readDraft({ userId: 'ada', groupId }))?.text).toBe('not finished');
});

import { type Forgetting, openForgetting } from '../../../web/realtime/forgetting.ts';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Draft } from '../../../web/features/composer/draft.ts';
import { newOutboxRow } from '../../../web/realtime/cache/outbox-row.ts';
import { readDraft, writeDraft } from '../../../web/realtime/drafts.ts';
import { type OutboxStore, openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID } from '../../support/group-events.ts';

const PLACE = { userId: ADA.id, groupId: GROUP_ID };

let store: OutboxStore;
let here: Forgetting;

beforeEach(() => {
  store = openOutboxStore();
  here = openForgetting(store);
});
afterEach(() => store.forget(ADA.id));

/** Moves the draft to the outbox, as the composer does on Enter. */
function enter(draft: Draft): void {
  const { text } = draft;
  draft.submit(text, (content) => {
    const row = newOutboxRow(PLACE, { type: 'message', content }, Date.now());
    return store.add(row, { wasDraft: true });
  });
}

async function unsent(): Promise<string[]> {
  const rows = await store.rowsOf(ADA.id, GROUP_ID);
  return rows.flatMap((row) => (row.type === 'message' ? [row.content] : []));
}

/** The draft and the unsent messages on the next visit. */
async function kept(): Promise<[string | undefined, string[]]> {
  const draft = await readDraft(PLACE);
  return [draft?.text, await unsent()];
}

test('a stored draft is deleted in the transaction that stores its message', async () => {
  const draft = new Draft(PLACE);
  draft.write('precious');
  draft.save();
  expect(await kept()).toEqual(['precious', []]);
  enter(draft);
  // The page closes at once: a late write neither deletes the draft nor restores it.
  draft.save();
  expect(await kept()).toEqual([undefined, ['precious']]);
});

test('the first typed text is stored at once, and the rest when the page is left', async () => {
  const draft = new Draft(PLACE);
  draft.write('n');
  expect(await kept()).toEqual(['n', []]);
  draft.write('not finished');
  expect(await kept()).toEqual(['n', []]);
  draft.save();
  expect(await kept()).toEqual(['not finished', []]);
});

test('text typed right after Enter is not deleted with the sent draft', async () => {
  const draft = new Draft(PLACE);
  draft.write('one');
  enter(draft);
  draft.write('two');
  draft.save();
  expect(await kept()).toEqual(['two', ['one']]);
});

test('a stored draft does not return after its message was sent meanwhile', async () => {
  await writeDraft(PLACE, { text: 'kept', named: [] });
  const draft = new Draft(PLACE);
  const loading = draft.load();
  draft.write('new');
  enter(draft);
  await loading;
  expect(draft.text).toBe('');
});

test('forgetting a user in one tab forgets them in other tabs, with their unfinished drafts', async () => {
  const other = openForgetting(openOutboxStore());
  const draft = new Draft(PLACE);
  const unwatch = other.watch((userId) => {
    if (userId === ADA.id) draft.forget();
  });
  draft.write('secret');
  await writeDraft({ ...PLACE, userId: 'user_grace' }, { text: 'hers', named: [] });
  await here.forgetPerson(ADA.id);
  await eventually(() => expect(draft.text).toBe(''));
  draft.save();
  expect(await kept()).toEqual([undefined, []]);
  expect((await readDraft({ ...PLACE, userId: 'user_grace' }))?.text).toBe('hers');
  unwatch();
  await store.forget('user_grace');
});

test('of two people with one name, the second to be chosen is shown by their handle', () => {
  const draft = new Draft(PLACE);
  const one = { id: 'user_one', name: 'Ada', handle: 'ada' };
  const two = { id: 'user_two', name: 'Ada', handle: 'ada-2' };
  draft.write(`@${draft.name(one)} `);
  expect(draft.name(one)).toBe('Ada');
  draft.write(`@Ada and @${draft.name(two)}`);
  expect(draft.contentOf(draft.text, [])).toBe('<@user_one> and <@user_two>');
  // The other user of that name is no longer mentioned.
  draft.write('');
  expect(draft.name(two)).toBe('Ada');
});

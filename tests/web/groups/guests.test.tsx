import { render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { keys } from '../../../web/api/keys.ts';
import { Switching } from '../../../web/app/switcher/switching.tsx';
import { BrowsePage } from '../../../web/features/groups/browse-page.tsx';
import { GroupList } from '../../../web/features/groups/group-list.tsx';
import { ListNote } from '../../../web/features/groups/list-note.tsx';
import { NoGroups } from '../../../web/features/groups/no-groups.tsx';
import { sectionsOf } from '../../../web/features/groups/sections.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

const MOMENT = { now: 0, arriving: undefined };
const GUEST = entryOf({ role: 'guest' });
const MEMBER = entryOf({}, { id: 'other', name: 'Other' });
const DIRECT = entryOf({}, { id: 'direct', kind: 'direct' });
const nothing = () => undefined;

let mayBrowse: boolean;

beforeEach(() => {
  mayBrowse = true;
  vi.stubGlobal('fetch', async (path: string) => {
    if (!path.startsWith('/api/groups/public') || mayBrowse) return Response.json({ items: [] });
    const detail = 'Guests cannot browse groups.';
    const body = {
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      code: 'forbidden',
      detail,
    };
    return Response.json(body, { status: 403 });
  });
});

/** Whether the page offers to create groups, and to browse them. */
const offers = () =>
  [/^Create a group$/, /^Browse groups$/].map(
    (name) => screen.queryAllByText(name).length + screen.queryAllByLabelText(name).length > 0,
  );

describe.each<[who: string, groups: InboxEntry[], isOffered: boolean]>([
  ['a guest in all groups', [GUEST, DIRECT], false],
  ['a guest in one group and a member of another', [GUEST, MEMBER], true],
  ['someone in conversations only', [DIRECT], true],
])('%s', (_who, groups, isOffered) => {
  test('is offered in the list what the server allows', () => {
    ADA_QUERIES.setQueryData(keys.myGroups(), { items: groups });
    const arrangement = { order: 'name' as const, gathersUnread: false, folded: [] };
    const sections = sectionsOf(groups, {
      ...arrangement,
      moment: MOMENT,
      openId: undefined,
      keptId: undefined,
    });
    render(
      <AsAda>
        <GroupList
          moment={MOMENT}
          onCreate={nothing}
          onUse={nothing}
          onWrite={nothing}
          sections={sections}
        />
      </AsAda>,
    );
    expect(offers()).toEqual([isOffered, isOffered]);
    expect(screen.getByRole('button', { name: 'New message' })).toBeTruthy();
  });

  test('finds among the commands what the server allows', async () => {
    render(
      <AsAda>
        <Switching
          groups={groups}
          isOpen
          moment={MOMENT}
          onClose={nothing}
          onDialog={nothing}
          onReadAll={nothing}
        />
      </AsAda>,
    );
    expect(await screen.findByText('Set a status')).toBeTruthy();
    expect(offers()).toEqual([isOffered, isOffered]);
  });
});

describe.each([
  ['the front page', <NoGroups key="page" onCreate={nothing} />],
  ['the list', <ListNote failure={undefined} key="list" onCreate={nothing} onRetry={nothing} />],
])('without groups %s', (_where, shown) => {
  test('says to a guest what a guest can do', async () => {
    mayBrowse = false;
    render(<AsAda>{shown}</AsAda>);
    expect(await screen.findByText(/ask someone/i)).toBeTruthy();
    expect(offers()).toEqual([false, false]);
  });

  test('offers everyone else to create a group', async () => {
    render(<AsAda>{shown}</AsAda>);
    expect(await screen.findByRole('button', { name: 'Create a group' })).toBeTruthy();
  });
});

test('the page of public groups says why it shows none, and offers nothing that is refused', async () => {
  mayBrowse = false;
  render(
    <AsAda>
      <BrowsePage onCreate={nothing} />
    </AsAda>,
  );
  expect(await screen.findByText('Guests cannot browse groups.')).toBeTruthy();
  expect(offers()[0]).toBe(false);
  expect(screen.queryByRole('searchbox')).toBeNull();
});

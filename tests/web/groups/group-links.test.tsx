import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { BrowsePage } from '../../../web/features/groups/browse-page.tsx';
import { GroupLink } from '../../../web/features/groups/group-link.tsx';
import { listedGroup } from '../../../web/features/groups/listed-group.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID, stateAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

const { group } = stateAt(1);
let hasJoined: boolean;

beforeEach(() => {
  hasJoined = false;
  vi.stubGlobal('fetch', async (path: string) => {
    if (path.endsWith('/join')) {
      hasJoined = true;
      return Response.json(group);
    }
    return Response.json({ items: hasJoined ? [] : [group] });
  });
});

test('joining a group in the list of public groups opens it, though it leaves the list', async () => {
  history.replaceState(null, '', '/browse');
  render(
    <AsAda>
      <BrowsePage onCreate={() => undefined} />
    </AsAda>,
  );
  await userEvent.click(await screen.findByRole('button', { name: `Join ${group.name}` }));
  await eventually(() => expect(location.pathname).toBe(`/g/${GROUP_ID}`));
  expect(screen.queryByRole('button', { name: `Join ${group.name}` })).toBeNull();
});

test.each([
  [`/g/${GROUP_ID}`, true],
  [`/g/${GROUP_ID}/`, true],
  [`/g/${GROUP_ID}/m/01990000-0000-7000-8000-000000000001`, true],
  [`/g/${GROUP_ID}0`, false],
  ['/', false],
])('at %s the link of the group is the current page: %s', (path, isCurrent) => {
  history.replaceState(null, '', path);
  render(<GroupLink listed={listedGroup(entryOf(), { now: 0, arriving: undefined })} now={0} />);
  const current = screen.getByRole('link').getAttribute('aria-current');
  expect(current).toBe(isCurrent ? 'page' : null);
});

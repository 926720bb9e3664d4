import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { GroupDetails } from '../../../web/features/groups/group-details.tsx';
import { GroupHeader } from '../../../web/features/groups/group-header.tsx';
import { Late } from '../../../web/ui/overlays/late.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

const nothing = () => undefined;
const { group: small } = stateAt(1);
const group = { ...small, memberCount: 300 };

test.each([
  [70, 'Members 300 · 70 online'],
  // An older server does not count.
  [undefined, 'Members 300'],
])('above the members of a group with %s counted stands %s', (presentCount, heading) => {
  vi.stubGlobal('fetch', () => new Promise(nothing));
  render(
    <Late>
      <GroupDetails
        client={{ watchPresence: nothing }}
        group={group}
        invite={null}
        me={{ userId: ADA.id, role: 'owner' }}
        members={new Map()}
        name="Engines"
        onClose={nothing}
        onFiles={nothing}
        onLeft={nothing}
        presence={new Map()}
        presentCount={presentCount}
      />
    </Late>,
    { wrapper: AsAda },
  );
  // The list is not measured here, and keeps itself hidden.
  const headings = screen.getAllByRole('heading', { hidden: true });
  expect(headings.map(({ textContent }) => textContent)).toContain(heading);
});

test.each([
  [70, '· 70 online'],
  [undefined, undefined],
])('the header of a group with %s counted shows %s', (presentCount, shown) => {
  render(
    <GroupHeader
      group={group}
      isGroupShown={false}
      members={new Map()}
      name="Engines"
      onDetails={nothing}
      onPins={nothing}
      open={undefined}
      other={undefined}
      presence={undefined}
      presentCount={presentCount}
      threads={null}
    />,
    { wrapper: AsAda },
  );
  expect(screen.queryByText(/online/)?.textContent).toBe(shown);
});

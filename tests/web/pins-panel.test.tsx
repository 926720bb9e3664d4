import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Message } from '../../protocol/models.ts';
import { GroupPanel } from '../../web/app/group-panel.tsx';
import type { GroupClient } from '../../web/realtime/group-client.ts';
import { LiveGroup } from '../../web/realtime/live-group.ts';
import { Late } from '../../web/ui/overlays/late.tsx';
import { ADA, GROUP_ID, messageAt, stateAt } from '../support/group-events.ts';
import { ADAS, AsAda, forgetQueries } from '../support/signed-in.tsx';

// The panel is loaded only when it is opened, which takes a busy machine longer than the second that is usual here.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  forgetQueries();
  vi.unstubAllGlobals();
});

/** The panel of what is pinned, in a group as it is after so many resets. */
function panel(
  client: GroupClient,
  resets: number,
  asks: (what: string) => void = () => undefined,
) {
  const { group, me } = stateAt(1);
  return (
    <Late>
      <GroupPanel
        around={{
          groupId: GROUP_ID,
          parentId: null,
          me: ADA.id,
          role: 'member',
          isArchived: false,
          client,
          openThread: (id) => asks(`thread: ${id}`),
          giveBack: () => undefined,
        }}
        onClose={() => undefined}
        panel={{ type: 'pins' }}
        view={{ ...client.getView(), group, me, resets }}
      />
    </Late>
  );
}

/** Where the jump to a pinned message leads: what the client is asked for, and the address. */
async function jumpedTo(message: Message): Promise<string[]> {
  vi.stubGlobal('fetch', async () => Response.json({ items: [message], users: [] }));
  const jumps: string[] = [];
  const client = Object.assign(new LiveGroup({ groupId: GROUP_ID, session: ADAS }), {
    jumpTo: async (id: string) => void jumps.push(`client: ${id}`),
  });
  history.replaceState(null, '', '/');
  const { unmount } = render(<AsAda>{panel(client, 0, (what) => jumps.push(what))}</AsAda>);
  fireEvent.click(await screen.findByRole('button', { name: 'Jump to this message' }));
  unmount();
  client.close();
  forgetQueries();
  return location.pathname === '/' ? jumps : [...jumps, location.pathname];
}

test('the jump to a pinned message leads to it: in the timeline, or in the thread where it stands', async () => {
  const pinned = messageAt(3, { pinnedAt: 5, pinnedBy: ADA.id });
  const { id } = pinned;
  const inTimeline = [expect.stringContaining(`/g/${GROUP_ID}/m/${id}`)];
  expect(await jumpedTo(pinned)).toEqual(inTimeline);
  const reply = { ...pinned, parentId: messageAt(1).id };
  expect(await jumpedTo(reply)).toEqual([`client: ${id}`]);
  expect(await jumpedTo({ ...reply, alsoToGroup: true })).toEqual(inTimeline);
});

test('after a reset the list is asked for again', async () => {
  let asked = 0;
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    return Response.json({ items: [], users: [] });
  });
  const client = new LiveGroup({ groupId: GROUP_ID, session: ADAS });
  const { rerender } = render(panel(client, 1), { wrapper: AsAda });
  await screen.findByText('Nothing is pinned yet');
  expect(asked).toBe(1);
  rerender(panel(client, 2));
  await vi.waitFor(() => expect(asked).toBe(2));
  client.close();
});

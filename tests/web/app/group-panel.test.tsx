import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { GroupPanel } from '../../../web/app/group-panel.tsx';
import type { GroupClient } from '../../../web/realtime/group-client.ts';
import { Late } from '../../../web/ui/overlays/late.tsx';
import {
  AsAda,
  adaClient,
  adaConversation,
  clearPageAfterEach,
  forgetQueries,
} from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

/** The panel of pinned messages, in a group that was reset `resets` times. */
function panel(
  client: GroupClient,
  resets: number,
  asks: (what: string) => void = () => undefined,
) {
  const { group, me } = stateAt(1);
  return (
    <Late>
      <GroupPanel
        around={adaConversation({ client, openThread: (id) => asks(`thread: ${id}`) })}
        name={group.name}
        onClose={() => undefined}
        onThreads={() => undefined}
        panel={{ type: 'pins' }}
        view={{ ...client.getView(), group, me, resets }}
      />
    </Late>
  );
}

/** Where the jump to a pinned message leads: the calls of the client, and the address. */
async function jumpedTo(message: Message): Promise<string[]> {
  vi.stubGlobal('fetch', async () => Response.json({ items: [message], users: [] }));
  const jumps: string[] = [];
  const client = Object.assign(adaClient(), {
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

test('the jump to a pinned message leads to the timeline, or to its thread', async () => {
  const pinned = messageAt(3, { pinnedAt: 5, pinnedBy: ADA.id });
  const { id } = pinned;
  const inTimeline = [expect.stringContaining(`/g/${GROUP_ID}/m/${id}`)];
  expect(await jumpedTo(pinned)).toEqual(inTimeline);
  const reply = { ...pinned, parentId: messageAt(1).id };
  expect(await jumpedTo(reply)).toEqual([`client: ${id}`]);
  expect(await jumpedTo({ ...reply, alsoToGroup: true })).toEqual(inTimeline);
});

test('the list is fetched again after a reset', async () => {
  let asked = 0;
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    return Response.json({ items: [], users: [] });
  });
  const client = adaClient();
  const { rerender } = render(panel(client, 1), { wrapper: AsAda });
  await screen.findByText('Nothing is pinned yet');
  expect(asked).toBe(1);
  rerender(panel(client, 2));
  await eventually(() => expect(asked).toBe(2));
  client.close();
});

import { Pin } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../protocol/errors.ts';
import type { Message, User } from '../../../protocol/models.ts';
import { usePins } from '../../api/pins.ts';
import type { GroupClient } from '../../realtime/group-client.ts';
import { ScrollRegion } from '../../ui/controls/scroll-region.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/overlays/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PinnedMessage } from './pinned-message.tsx';

/** The panel of the pinned messages of a group, the latest pin first. */
export function PinsPanel({
  groupId,
  client,
  canUnpin,
  shown,
  onJump,
  onClose,
}: {
  groupId: string;
  client: GroupClient;
  canUnpin: boolean;
  /** Identifies the pins of the loaded timeline and its resets: a change of it renews the list. */
  shown: string;
  onJump: (message: Message) => void;
  onClose: () => void;
}) {
  const { renew, ...pins } = usePins(groupId);
  const [failure, setFailure] = useState<Failure>();
  const [asked, setAsked] = useState(shown);
  const people = new Map(pins.data?.users.map((user) => [user.id, user]));
  const userOf = (id: string | undefined): User | undefined =>
    id === undefined ? undefined : (client.getView().userOf(id) ?? people.get(id));

  useEffect(() => {
    if (asked === shown) return;
    setAsked(shown);
    void renew();
  }, [asked, shown, renew]);

  async function unpin(id: string): Promise<void> {
    const outcome = await client.pin(id, false);
    setFailure(outcome.ok ? undefined : outcome.failure);
    await renew();
  }

  return (
    <Panel close="Close pinned messages" label="Pinned messages" onClose={onClose} title="Pinned">
      <ScrollRegion
        aria-label="Pinned messages"
        className="flex flex-1 flex-col gap-3 overflow-y-auto p-3"
      >
        {failure && <Notice>{failure.detail}</Notice>}
        {pins.failure && <Notice>{pins.failure.detail}</Notice>}
        {pins.isPending && <Skeleton className="h-24 rounded-card" />}
        {pins.data?.items.length === 0 && (
          <EmptyState icon={Pin} title="Nothing is pinned yet">
            Pin the messages that everyone in this group should find again.
          </EmptyState>
        )}
        {pins.data?.items.map((message) => (
          <PinnedMessage
            author={userOf(message.userId)}
            key={message.id}
            message={message}
            onJump={() => onJump(message)}
            onUnpin={canUnpin ? () => void unpin(message.id) : undefined}
            pinnedBy={userOf(message.pinnedBy)}
          />
        ))}
      </ScrollRegion>
    </Panel>
  );
}

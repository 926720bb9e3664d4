import { Hash } from 'lucide-react';
import type { Group } from '../../../protocol/models.ts';
import { useJoinGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Describes a public group that I am not a member of, and offers to join it. */
export function JoinPage({ group, onJoined }: { group: Group; onJoined: () => void }) {
  const join = useJoinGroup();
  const size = `${group.memberCount} ${group.memberCount === 1 ? 'member' : 'members'}`;
  return (
    <EmptyState
      actions={
        <>
          <Button
            autoFocus
            busy={join.isPending}
            look="primary"
            onClick={() => void join.run(group.id, onJoined)}
          >
            <span>
              Join <bdi>{group.name}</bdi>
            </span>
          </Button>
          {join.failure && <Notice>{join.failure.detail}</Notice>}
        </>
      }
      icon={Hash}
      title={<bdi>{group.name}</bdi>}
    >
      {group.topic !== '' && <bdi className="mb-1 block text-default">{group.topic}</bdi>}
      {size}. Anyone may join.
    </EmptyState>
  );
}

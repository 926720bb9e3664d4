import { navigate } from 'wouter/use-browser-location';
import type { Group } from '../../../protocol/models.ts';
import { useJoinGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** One public group; its button joins and opens it. */
export function PublicGroup({ group }: { group: Group }) {
  const join = useJoinGroup();
  return (
    <li className="flex items-center gap-4 rounded-card px-3 py-2.5 -mx-3 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <bdi className="truncate font-semibold text-strong">{group.name}</bdi>
          <span className="shrink-0 text-meta text-muted tabular-nums">
            {group.memberCount} {group.memberCount === 1 ? 'member' : 'members'}
          </span>
        </p>
        {group.topic !== '' && (
          <p className="truncate text-secondary text-muted">
            <bdi>{group.topic}</bdi>
          </p>
        )}
        {join.failure && <Notice>{join.failure.detail}</Notice>}
      </div>
      <Button
        aria-label={`Join ${group.name}`}
        busy={join.isPending}
        look="outline"
        onClick={() => {
          // Not in the callback of `run`: the group leaves this list, and the component with it, before the answer.
          void join.run(group.id).then(({ ok }) => ok && navigate(`/g/${group.id}`));
        }}
      >
        Join
      </Button>
    </li>
  );
}

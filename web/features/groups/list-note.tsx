import type { Failure } from '../../../protocol/errors.ts';
import { usePublicGroups } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';

/** Why the list of groups is empty or old, and what to do. Loads late: few visits see it. */
export function ListNote({
  failure,
  onCreate,
  onRetry,
}: {
  /** Why the groups could not be loaded; without it there are none. */
  failure: Failure | undefined;
  onCreate: () => void;
  onRetry: () => void;
}) {
  if (failure) {
    return (
      <li className="flex flex-col items-start gap-1 px-2 py-1 text-secondary text-muted">
        {failure.detail}
        <Button className="-ms-3.5" onClick={onRetry}>
          Try again
        </Button>
      </li>
    );
  }
  return <NoGroupsNote onCreate={onCreate} />;
}

function NoGroupsNote({ onCreate }: { onCreate: () => void }) {
  // The server shows a guest no public groups.
  const isGuest = usePublicGroups('').failure?.code === 'forbidden';
  return (
    <li className="px-2 py-1 text-secondary text-muted">
      {isGuest
        ? 'You are a guest, and in no group right now. Ask someone who is in one to add you.'
        : 'You are in no group yet. Make one, or join one.'}
      {!isGuest && (
        <Button className="mt-3 w-full desktop:hidden" look="primary" onClick={onCreate}>
          Create a group
        </Button>
      )}
    </li>
  );
}

import { MessagesSquare } from 'lucide-react';
import { Link } from 'wouter';
import { usePublicGroups } from '../../api/groups.ts';
import { Button, buttonClasses } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** What someone without groups can do: create one or find one. A guest, whom the server shows no public groups, can do neither. */
export function NoGroups({ onCreate }: { onCreate: () => void }) {
  if (usePublicGroups('').failure?.code === 'forbidden') {
    return (
      <EmptyState icon={MessagesSquare} title="You are a guest here">
        Guests read and write in the groups that they are added or invited to. You are in none right
        now: ask someone who is in a group to add you, or to send you an invitation.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      actions={
        <>
          <Button look="primary" onClick={onCreate}>
            Create a group
          </Button>
          <Link className={buttonClasses('outline')} href="/browse">
            Browse groups
          </Link>
        </>
      }
      icon={MessagesSquare}
      title="Start talking"
    >
      Groups are where conversations happen: one for a team, a trip, a topic. Make your own, or look
      for one to join.
    </EmptyState>
  );
}

import { Check, Link2 } from 'lucide-react';
import type { Group } from '../../../protocol/models.ts';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { useCopy } from '../../ui/use-copy.ts';

/** Copies the group's link, and says who can use it. */
export function ShareGroup({ group }: { group: Group }) {
  const { state, copy } = useCopy();
  return (
    <section className="flex flex-col items-start gap-2">
      <Button look="outline" onClick={() => copy(shareLink(group.id))}>
        {state === 'copied' ? (
          <Check aria-hidden="true" size={16} />
        ) : (
          <Link2 aria-hidden="true" size={16} />
        )}
        {state === 'copied' ? 'Link copied' : 'Copy link'}
      </Button>
      <p className="text-secondary text-muted">
        {state === 'refused'
          ? `Your browser did not allow copying. The link is ${shareLink(group.id)}`
          : group.visibility === 'public'
            ? 'Anyone who can sign in here can join by this link.'
            : 'Only members can open this link.'}
      </p>
    </section>
  );
}

/** The button of the header that copies the group's link. */
export function CopyGroupLink({ groupId }: { groupId: string }) {
  const { state, copy } = useCopy();
  return (
    <>
      <IconButton
        label={state === 'copied' ? 'Link copied' : 'Copy the link to this group'}
        onClick={() => copy(shareLink(groupId))}
      >
        {state === 'copied' ? (
          <Check aria-hidden="true" className="text-success" size={18} />
        ) : (
          <Link2 aria-hidden="true" size={18} />
        )}
      </IconButton>
      <span className="sr-only" role="status">
        {state === 'copied' && 'Link copied'}
        {state === 'refused' && 'Your browser did not allow copying'}
      </span>
    </>
  );
}

/** The address of a group: it opens the group for members, and offers to join a public one. */
function shareLink(groupId: string): string {
  return new URL(`/g/${groupId}`, location.origin).href;
}

import { Check, Link2 } from 'lucide-react';
import type { Group } from '../../../protocol/models.ts';
import { Button } from '../../ui/controls/button.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import { shareLink } from './group-link.tsx';

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

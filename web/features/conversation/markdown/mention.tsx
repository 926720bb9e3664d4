import { use } from 'react';
import { EVERYONE } from '../../../../protocol/mentions.ts';
import { classes } from '../../../ui/classes.ts';
import { PeopleContext } from '../people-context.ts';

/** A mention of a person or of everyone; one of the user is highlighted. */
export function Mention({ userId }: { userId: string }) {
  const { me, userOf } = use(PeopleContext);
  const isEveryone = EVERYONE.has(userId);
  return (
    <bdi
      className={classes(
        'cursor-pointer rounded-[4px] px-1 py-px font-medium',
        isEveryone || userId === me
          ? 'bg-accent text-on-accent'
          : 'bg-accent-tint text-accent-text',
      )}
      data-mention={userId}
    >
      @{isEveryone ? userId : (userOf(userId)?.name ?? 'Someone')}
    </bdi>
  );
}

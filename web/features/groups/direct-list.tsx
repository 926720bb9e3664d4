import { lazy, useState } from 'react';
import { Link, useRoute } from 'wouter';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { classes } from '../../ui/classes.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';
import { conversationName } from '../../ui/words/conversation-name.ts';
import { SectionTitle } from './section-title.tsx';

const NewMessageDialog = lazy(() =>
  import('./new-message-dialog.tsx').then((file) => ({ default: file.NewMessageDialog })),
);

/** My direct groups, in the order of `entries`, with the way to start one. */
export function DirectList({ entries }: { entries: readonly InboxEntry[] }) {
  const [isWriting, setWriting] = useState(false);
  return (
    <>
      <SectionTitle
        action="New message"
        onAction={() => setWriting(true)}
        title="Direct messages"
      />
      <ul className="flex flex-col gap-px">
        {entries.map(({ group, people = [] }) => (
          <li key={group.id}>
            <DirectLink
              href={`/g/${group.id}`}
              name={conversationName(group, people)}
              person={people[0]}
            />
          </li>
        ))}
      </ul>
      {isWriting && (
        <Late>
          <NewMessageDialog onClose={() => setWriting(false)} />
        </Late>
      )}
    </>
  );
}

function DirectLink({
  href,
  name,
  person,
}: {
  href: string;
  name: string;
  /** The one whose picture stands for the group. */
  person: Parameters<typeof Avatar>[0]['person'];
}) {
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <Link
      aria-current={isHere ? 'page' : undefined}
      className={classes(
        'flex min-h-9 items-center gap-2 rounded-small px-2 transition-colors desktop:min-h-8',
        isHere ? 'bg-accent-tint font-medium text-strong' : 'text-default hover:bg-hover',
      )}
      href={href}
    >
      <Avatar className="-mx-1" person={person} size="small" />
      <bdi className="truncate">{name}</bdi>
    </Link>
  );
}

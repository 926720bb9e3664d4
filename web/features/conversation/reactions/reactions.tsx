import { use } from 'react';
import type { Message, Reaction, User } from '../../../../protocol/models.ts';
import { hasReacted } from '../../../realtime/message.ts';
import { classes } from '../../../ui/classes.ts';
import { isolated } from '../../../ui/words/isolated.ts';
import { useConversation } from '../conversation-context.ts';
import { PeopleContext } from '../people-context.ts';
import { permitted } from '../permitted.ts';
import { AddReaction } from './add-reaction.tsx';
import { ReactionPill } from './reaction-pill.tsx';
import { toggleReaction } from './toggle-reaction.ts';

const PILL =
  'flex min-h-6 items-center gap-1.5 rounded-pill px-2 text-meta tabular-nums outline-1 -outline-offset-1 transition-colors';

/** The reactions to a message as pills, mine tinted; a click adds or removes mine. */
export function Reactions({ message }: { message: Message }) {
  const conversation = useConversation();
  const { userOf } = use(PeopleContext);
  const { me, client } = conversation;
  const mayReact = permitted(message, conversation).react;
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1 flex flex-wrap gap-1 select-none">
      {reactions.map((reaction) => {
        const isMine = reaction.userIds.includes(me);
        // The Room names only some of many people. Only a user who is about to react fetches all of them.
        const learn = () => {
          if (mayReact && hasReacted(message, reaction.emoji, me) === undefined) {
            void client.hasReacted(message.id, reaction.emoji);
          }
        };
        return (
          <li className="relative" key={reaction.emoji}>
            <ReactionPill
              aria-disabled={!mayReact}
              aria-pressed={isMine}
              className={classes(
                PILL,
                isMine
                  ? 'bg-accent-tint font-semibold text-accent-text outline-accent-text'
                  : 'bg-neutral-3 text-default outline-transparent',
                mayReact && !isMine && 'hover:outline-outline',
              )}
              onLook={learn}
              onPress={() => {
                if (mayReact) void toggleReaction(client, message, { emoji: reaction.emoji, me });
              }}
              reaction={reaction}
              who={whoReacted(reaction, me, userOf)}
            >
              <span aria-hidden="true" className="text-body">
                {reaction.emoji}
              </span>
              {reaction.count}
            </ReactionPill>
          </li>
        );
      })}
      {mayReact && (
        <li>
          <AddReaction
            className={classes(
              PILL,
              'bg-neutral-3 text-muted outline-transparent hover:text-strong',
            )}
            message={message}
          />
        </li>
      )}
    </ul>
  );
}

/** Further names are counted. */
const MOST_NAMES = 10;
const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** A sentence that names the people behind a reaction: "You, Ada and 3 others reacted with 🎉". */
export function whoReacted(
  { emoji, count, userIds }: Reaction,
  me: string,
  userOf: (userId: string) => User | undefined,
): string {
  const others = userIds.filter((id) => id !== me).toReversed();
  const names = others.map((id) => isolated(userOf(id)?.name ?? 'Someone'));
  const known = [...(userIds.includes(me) ? ['You'] : []), ...names].slice(0, MOST_NAMES);
  const more = count - known.length;
  const who = more > 0 ? [...known, more === 1 ? '1 other' : `${more} others`] : known;
  return `${list.format(who)} reacted with ${emoji}`;
}

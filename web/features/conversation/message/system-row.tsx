import { memo, use } from 'react';
import type { SystemLine } from '../../../../protocol/models.ts';
import { isolated } from '../../../ui/words/isolated.ts';
import { momentOf, timeOf } from '../../../ui/words/moment.ts';
import type { SystemLines } from '../list/system-lines.ts';
import { PeopleContext } from '../people-context.ts';

/** A system message, or several as one line: what happened in the group, and when. */
export const SystemRow = memo(function SystemRow({
  message,
  people,
  everyone,
  text: outcome,
}: Omit<SystemLines, 'key'>) {
  const { userOf } = use(PeopleContext);
  const names = message.system?.userIds?.map((id) => userOf(id)?.name ?? 'someone') ?? [];
  const text = outcome ?? (message.system && systemText(message.system, names));
  // The list measures its items, so that an unknown kind needs an element, too.
  if (text === undefined) return <div className="h-px" />;
  return (
    <p className="py-1 max-w-(--column) ps-(--row-indent) mx-(--row-gutter) text-secondary text-muted wrap-anywhere">
      <bdi className="font-medium text-default" title={everyone}>
        {people}
      </bdi>{' '}
      {text}
      <span className="select-none">
        {' '}
        <time
          className="ms-1 text-meta tabular-nums"
          dateTime={new Date(message.createdAt).toISOString()}
          title={momentOf(message.createdAt)}
        >
          {timeOf(message.createdAt)}
        </time>
      </span>
    </p>
  );
});

/**
 * The sentence of a system message, after the name of its actor; undefined for a kind of a later version. `names` are those
 * of the users that it is about.
 */
export function systemText(
  { kind, text = '' }: SystemLine,
  names: readonly string[],
): string | undefined {
  const people = names.map(isolated).join(', ');
  switch (kind) {
    case 'joined':
    case 'left':
      return kind;
    case 'added':
    case 'removed':
      return `${kind} ${people}`;
    case 'created':
    case 'archived':
    case 'restored':
      return `${kind} the group`;
    case 'role':
      return `changed the role of ${people} to ${text}`;
    case 'renamed':
      return `renamed the group to “${isolated(text)}”`;
    case 'topic':
      return text === '' ? 'removed the topic' : `changed the topic to “${isolated(text)}”`;
    case 'picture':
      return `${text} the group ${kind}`;
    case 'visibility':
      return `made the group ${text}`;
    default:
      return undefined;
  }
}

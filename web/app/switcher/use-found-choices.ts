import { usePublicGroups } from '../../api/groups.ts';
import { useUsers } from '../../api/users.ts';
import { byActivity } from '../../features/groups/by-activity.ts';
import type { ListedGroup } from '../../features/groups/listed-group.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { useSettled } from '../../ui/use-settled.ts';
import type { Choice, Command } from './choice.ts';
import { rankChoices } from './rank-choices.ts';

/**
 * What a text finds, the best first: among my groups and the commands at once, among people and public groups when the server
 * has answered (`isAsking`). In a small team it has answered before the first letter.
 */
export function useFoundChoices(
  text: string,
  listed: readonly ListedGroup[],
  commands: readonly Command[],
): { found: Choice[]; isAsking: boolean } {
  const { userId } = useSignedIn();
  const query = text.trim().replace(/^[@#]/, '');
  const settled = useSettled(query);
  const people = useUsers(settled);
  const groups = usePublicGroups(settled);
  // Those with whom I have a conversation of two are in my list.
  const known = new Set([userId]);
  for (const { people: [only, ...others] = [] } of listed) {
    if (only && others.length === 0) known.add(only.id);
  }
  const mine = new Set(listed.map(({ group }) => group.id));
  const choices: Choice[] = [
    ...listed.toSorted(byActivity).map((it) => ({ type: 'mine' as const, listed: it })),
    ...(people.data ?? [])
      .filter(({ id }) => !known.has(id))
      .map((person) => ({ type: 'person' as const, person })),
    ...(groups.data ?? [])
      .filter(({ id }) => !mine.has(id))
      .map((group) => ({ type: 'public' as const, group })),
    ...commands.map((command) => ({ type: 'command' as const, command })),
  ];
  const isAsking = settled !== query || people.isFetching || groups.isPending;
  return { found: rankChoices(choices, text), isAsking };
}

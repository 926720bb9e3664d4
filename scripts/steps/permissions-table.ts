import { MemberRole } from '../../protocol/models.ts';
import { type Action, DIRECT_ROLE, may } from '../../protocol/permissions.ts';

/** What each action lets people do, as `docs/permissions.md` says it. */
const ACTIONS: readonly (readonly [Action, string])[] = [
  ['read', 'Read the group, its members, threads and pins'],
  ['send', 'Send messages and replies, edit and delete their own, type'],
  ['react', 'React to messages'],
  ['pin', 'Pin and unpin messages'],
  ['delete_others', 'Delete messages of others'],
  ['change_group', 'Change name, topic, picture and visibility, archive and restore the group'],
  ['add_members', 'Add people, as members or guests'],
  ['invite', 'Make invitations, list and revoke them'],
  ['manage_guests', 'Remove guests; give and take the role'],
  ['manage_members', 'Remove members; give and take the role'],
  ['manage_admins', 'Remove admins; give and take the role'],
  ['manage_owners', 'Remove owners; give and take the role'],
  ['delete_group', 'Delete the group for good'],
];

/** The table of permissions as Markdown: a row for each action, a column for each role, and one for direct groups. */
export function permissionsTable(): string {
  const head = ['', ...MemberRole.options, 'in a direct group', 'action'];
  const rows = ACTIONS.map(([action, meaning]) => {
    const cells = [...MemberRole.options, DIRECT_ROLE].map((role) =>
      may(role, action) ? '✓' : '',
    );
    return [meaning, ...cells, `\`${action}\``];
  });
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

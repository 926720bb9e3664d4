import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isLower, mayChangeRole, mayRemove } from '../../../protocol/managing.ts';
import type { MemberRole } from '../../../protocol/models.ts';
import { PERMISSIONS } from '../../../protocol/permissions.ts';
import { permissionsTable } from '../../../scripts/steps/permissions-table.ts';

test('docs/permissions.md shows the table of the code', () => {
  const page = readFileSync(new URL('../../../docs/permissions.md', import.meta.url), 'utf8');
  expect(page).toContain(permissionsTable());
  for (const action of Object.keys(PERMISSIONS)) expect(page).toContain(`\`${action}\``);
});

describe('managing members', () => {
  test.for<[MemberRole, MemberRole[]]>([
    ['owner', ['owner', 'admin', 'member', 'guest']],
    ['admin', ['member', 'guest']],
    ['member', []],
    ['guest', []],
  ])('of %s removes only %j', ([role, removable]) => {
    const roles: MemberRole[] = ['owner', 'admin', 'member', 'guest'];
    expect(roles.filter((other) => mayRemove(role, other))).toEqual(removable);
  });

  test('of an admin changes roles only between those that admins manage', () => {
    expect(mayChangeRole('admin', { from: 'guest', to: 'member' })).toBe(true);
    expect(mayChangeRole('admin', { from: 'member', to: 'admin' })).toBe(false);
    expect(mayChangeRole('admin', { from: 'owner', to: 'member' })).toBe(false);
    expect(mayChangeRole('owner', { from: 'admin', to: 'owner' })).toBe(true);
  });

  test('knows which role allows less', () => {
    expect(isLower('guest', 'member')).toBe(true);
    expect(isLower('owner', 'admin')).toBe(false);
    expect(isLower('admin', 'admin')).toBe(false);
  });
});

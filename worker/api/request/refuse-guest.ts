import type { Context } from 'hono';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { isGuest } from '../../directory/guests.ts';
import type { AppEnv } from './app-env.ts';

/** Fails with `forbidden` for a guest, who is only where they were added (docs/permissions.md). */
export async function refuseGuest(c: Context<AppEnv>): Promise<Result<null>> {
  if (!(await isGuest(c.env.DB, c.var.identity.userId))) return ok(null);
  return fail(
    'forbidden',
    'Guests can neither create nor find groups. Ask an admin of a group to add you.',
  );
}

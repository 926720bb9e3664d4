import type { Context } from 'hono';
import { isGuest } from '../../directory/guests.ts';
import type { AppEnv } from './app-env.ts';

/** The caller's id if they are a guest, who sees only people they share a group with. */
export async function guestIdIn(c: Context<AppEnv>): Promise<string | undefined> {
  const { userId } = c.var.identity;
  return (await isGuest(c.env.DB, userId)) ? userId : undefined;
}

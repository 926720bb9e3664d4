import type { Env } from '../env.ts';
import type { InboxRpc } from './inbox-rpc.ts';

/** The Inbox of a user. */
export function inboxOf(env: Pick<Env, 'INBOX'>, userId: string): InboxRpc {
  return env.INBOX.get(env.INBOX.idFromName(userId));
}

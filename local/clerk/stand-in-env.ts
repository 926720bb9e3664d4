import type { Context } from 'hono';
import type { LocalClient } from './state/clients.ts';
import type { Credentials } from './state/credentials.ts';
import type { LocalSession } from './state/sessions.ts';
import type { LocalUser } from './state/users.ts';

/** What happened, as far as Clerk tells others of it. */
export type ClerkEvent =
  | { type: 'user.created' | 'user.updated'; user: LocalUser }
  | {
      type: 'session.created' | 'session.ended' | 'session.removed' | 'session.revoked';
      session: LocalSession;
    };

/** What every route of the stand-in works with. */
export interface StandIn {
  sql: SqlStorage;
  credentials: Credentials;
  /** Sends the webhook of an event, behind the answer. */
  publish(event: ClerkEvent): void;
}

/** What Hono hands to the stand-in's routes. */
export interface StandInEnv {
  Bindings: StandIn;
  Variables: {
    /** The browser that asks; set on the routes of the Frontend API. */
    client: LocalClient;
    /** Set behind `signedInHere`. */
    session: LocalSession;
    /** Set behind `signedInHere`. */
    user: LocalUser;
  };
}

/** One request to the stand-in. */
export type StandInContext = Context<StandInEnv>;

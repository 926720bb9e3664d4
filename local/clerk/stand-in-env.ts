import type { Context } from 'hono';
import type { LocalClient } from './state/clients.ts';
import type { Credentials } from './state/credentials.ts';
import type { LocalSession } from './state/sessions.ts';
import type { LocalUser } from './state/users.ts';

/** An event that Clerk delivers by webhook. */
export type ClerkEvent =
  | { type: 'user.created' | 'user.updated'; user: LocalUser }
  | {
      type: 'session.created' | 'session.ended' | 'session.removed' | 'session.revoked';
      session: LocalSession;
    };

/** The parts of the stand-in that its routes use. */
export interface StandIn {
  sql: SqlStorage;
  credentials: Credentials;
  /** Sends the webhook of an event, without waiting for its delivery. */
  publish(event: ClerkEvent): void;
}

/** The context of a route of the stand-in. */
export interface StandInEnv {
  Bindings: StandIn;
  Variables: {
    /** The browser. Set on the routes of the Frontend API. */
    client: LocalClient;
    /** Set on routes with `signedInHere`. */
    session: LocalSession;
    /** Set on routes with `signedInHere`. */
    user: LocalUser;
  };
}

/** A request to the stand-in. */
export type StandInContext = Context<StandInEnv>;

import { DurableObject } from 'cloudflare:workers';
import { createLocalClerkApp } from './local-clerk-app.ts';
import type { StandIn } from './stand-in-env.ts';
import { type Credentials, loadCredentials } from './state/credentials.ts';
import { createTables } from './state/storage-schema.ts';
import { WebhookSender } from './webhook-sender.ts';

/** The bindings of the object. */
interface LocalClerkEnv {
  SELF: Fetcher;
}

/** The Durable Object that is the local instance of Clerk. Its storage holds accounts, sessions and keys. */
export class LocalClerk extends DurableObject<LocalClerkEnv> {
  readonly #app = createLocalClerkApp();
  #standIn: Promise<StandIn> | undefined;

  constructor(state: DurableObjectState, env: LocalClerkEnv) {
    super(state, env);
    createTables(state.storage.sql);
  }

  /** Returns the keys that the Worker needs. The private key stays in the object. */
  async credentials(): Promise<Omit<Credentials, 'privateKey'>> {
    const { privateKey: _, ...shared } = (await this.#started()).credentials;
    return shared;
  }

  override async fetch(request: Request): Promise<Response> {
    return this.#app.fetch(request, await this.#started());
  }

  #started(): Promise<StandIn> {
    this.#standIn ??= this.#start();
    return this.#standIn;
  }

  async #start(): Promise<StandIn> {
    const { sql } = this.ctx.storage;
    const credentials = await loadCredentials(sql);
    const sender = new WebhookSender(this.env.SELF, credentials.webhookSigningSecret);
    return {
      sql,
      credentials,
      publish: (event) => this.ctx.waitUntil(sender.send(event)),
    };
  }
}

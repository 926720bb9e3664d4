import { bareSessionJson } from './answers/session-json.ts';
import { userJson } from './answers/user-json.ts';
import { newId } from './new-id.ts';
import type { ClerkEvent } from './stand-in-env.ts';

const ENDPOINT = 'http://localhost/api/webhooks/clerk';

/** The wait before each try. After the last one the delivery is logged and given up. */
const TRIES_AFTER_MS = [0, 100, 1_000, 5_000];

/** Delivers signed webhooks to the Worker, one after the other, in the order of the events. */
export class WebhookSender {
  readonly #self: Fetcher;
  readonly #secret: string;
  #last: Promise<void> = Promise.resolve();

  constructor(self: Fetcher, secret: string) {
    this.#self = self;
    this.#secret = secret;
  }

  /** Queues an event. Resolves when it is delivered or given up, and never rejects. */
  send(event: ClerkEvent): Promise<void> {
    const body = JSON.stringify(payloadOf(event));
    this.#last = this.#last.then(() => this.#deliver(newId('msg'), body));
    return this.#last;
  }

  async #deliver(id: string, body: string): Promise<void> {
    let failure = '';
    for (const waitMs of TRIES_AFTER_MS) {
      await scheduler.wait(waitMs);
      try {
        const headers = await signedHeaders(this.#secret, id, body);
        const response = await this.#self.fetch(ENDPOINT, { method: 'POST', headers, body });
        await response.body?.cancel();
        if (response.ok) return;
        failure = `status ${response.status}`;
      } catch (error) {
        failure = String(error);
      }
    }
    console.error(JSON.stringify({ event: 'webhook_not_delivered', id, failure }));
  }
}

function payloadOf(event: ClerkEvent) {
  const data = 'user' in event ? userJson(event.user) : bareSessionJson(event.session);
  return {
    type: event.type,
    object: 'event',
    data,
    event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: '' } },
    timestamp: Date.now(),
    instance_id: 'ins_local',
  };
}

/** Signs a webhook as Svix does for Clerk (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
async function signedHeaders(secret: string, id: string, body: string): Promise<Headers> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const encoded = atob(secret.replace('whsec_', ''));
  const bytes = Uint8Array.from(encoded, (character) => character.charCodeAt(0));
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
  return new Headers({
    'Content-Type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${btoa(String.fromCharCode(...signature))}`,
  });
}

import { Hono } from 'hono';
import { answerError } from './answer-error.ts';
import type { AppEnv } from './api/app-env.ts';
import { config } from './api/config.ts';
import { docs } from './api/docs.ts';
import { groupSocket } from './api/group-socket.ts';
import { groups } from './api/groups.ts';
import { health } from './api/health.ts';
import { longPoll } from './api/long-poll.ts';
import { members } from './api/members.ts';
import { messages } from './api/messages.ts';
import { openapi } from './api/openapi.ts';
import { pins } from './api/pins.ts';
import { reactions } from './api/reactions.ts';
import { threads } from './api/threads.ts';
import { users } from './api/users.ts';
import { webhooks } from './api/webhooks.ts';
import type { ClerkSource } from './auth/clerk-config.ts';
import { clerkConfigured } from './auth/guards.ts';
import { page } from './page.ts';
import { problem } from './problem.ts';
import { securityHeaders } from './security-headers.ts';
import { drainedBody } from './unread-body.ts';

/** All of the Worker: the API under `/api`, and the page at every other address. `clerk` says who vouches for people. */
export function createApp({ clerk }: { clerk: ClerkSource }): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(drainedBody);
  app.use(securityHeaders);
  app.use('/api/*', clerkConfigured(clerk));

  app.route('/', config);
  app.route('/', health);
  app.route('/', openapi);
  app.route('/', docs);
  app.route('/', webhooks);
  app.route('/', users);
  app.route('/', groups);
  app.route('/', members);
  app.route('/', groupSocket);
  app.route('/', longPoll);
  app.route('/', messages);
  app.route('/', reactions);
  app.route('/', pins);
  app.route('/', threads);

  // A navigation to an address that the API does not have must not get the page: it would look like an answer.
  app.all('/api/*', nowhere);
  app.get('*', page(clerk));
  app.notFound(nowhere);
  app.onError(answerError);
  return app;
}

function nowhere(): Response {
  return problem({ code: 'not_found', detail: 'There is no such address here.' });
}

import { Hono } from 'hono';
import type { AppEnv } from './api/request/app-env.ts';
import { drainedBody } from './api/request/drain-body.ts';
import { config } from './api/routes/config.ts';
import { docs } from './api/routes/docs.ts';
import { fileBytes } from './api/routes/file-bytes.ts';
import { fileChanges } from './api/routes/file-changes.ts';
import { fileSession } from './api/routes/file-session.ts';
import { groupFiles } from './api/routes/group-files.ts';
import { groupSocket } from './api/routes/group-socket.ts';
import { groups } from './api/routes/groups.ts';
import { health } from './api/routes/health.ts';
import { inboxSocket } from './api/routes/inbox-socket.ts';
import { invites } from './api/routes/invites.ts';
import { longPoll } from './api/routes/long-poll.ts';
import { members } from './api/routes/members.ts';
import { messages } from './api/routes/messages.ts';
import { openapi } from './api/routes/openapi.ts';
import { pins } from './api/routes/pins.ts';
import { push } from './api/routes/push.ts';
import { reactions } from './api/routes/reactions.ts';
import { reading } from './api/routes/reading.ts';
import { settings } from './api/routes/settings.ts';
import { storage } from './api/routes/storage.ts';
import { threads } from './api/routes/threads.ts';
import { tus } from './api/routes/tus.ts';
import { upload } from './api/routes/upload.ts';
import { users } from './api/routes/users.ts';
import { webhooks } from './api/routes/webhooks.ts';
import type { ClerkSource } from './auth/clerk-config.ts';
import { clerkConfigured } from './auth/guards.ts';
import { answerError } from './errors/answer-error.ts';
import { problem } from './errors/problem.ts';
import { page } from './page/page.ts';
import { securityHeaders } from './page/security-headers.ts';

/** Builds the Worker: the API under `/api`, the page at every other address. `clerk` finds the Clerk configuration. */
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
  app.route('/', settings);
  app.route('/', storage);
  app.route('/', users);
  app.route('/', groups);
  app.route('/', members);
  app.route('/', invites);
  app.route('/', groupFiles);
  // Before the routes of files, of which `session` is none.
  app.route('/', fileSession);
  app.route('/', fileChanges);
  app.route('/', groupSocket);
  app.route('/', inboxSocket);
  app.route('/', longPoll);
  app.route('/', messages);
  app.route('/', reactions);
  app.route('/', pins);
  app.route('/', threads);
  app.route('/', reading);
  app.route('/', push);
  app.route('/', upload);
  app.route('/', tus);
  app.route('/', fileBytes);

  // An unknown API address must not fall through to the page, which would look like a successful response.
  app.all('/api/*', notFound);
  app.get('*', page(clerk));
  app.notFound(notFound);
  app.onError(answerError);
  return app;
}

function notFound(): Response {
  return problem({ code: 'not_found', detail: 'There is no such address.' });
}

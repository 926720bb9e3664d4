import { Hono } from 'hono';
import { methodOverride } from 'hono/method-override';
import { drainedBody } from '../unread-body.ts';
import { backendApi } from './backend-api.ts';
import { clientJson, refuse } from './client-json.ts';
import { clientSessions } from './client-sessions.ts';
import { environmentJson } from './environment-json.ts';
import { knownClient } from './known-client.ts';
import { BACKEND_API_PATH } from './local-instance.ts';
import { me } from './me.ts';
import { mySessions } from './my-sessions.ts';
import { pictures } from './pictures.ts';
import { signIns } from './sign-ins.ts';
import { signUps } from './sign-ups.ts';
import type { StandInEnv } from './stand-in-env.ts';
import { PICTURES_PATH } from './user-json.ts';

/** Clerk's Frontend API, as far as its own browser code asks it, and what belongs to it: pictures and the Backend API. */
export function createLocalClerkApp(): Hono<StandInEnv> {
  const app = new Hono<StandInEnv>();
  app.use(drainedBody);
  // Clerk's code sends every change as POST, with the real method in the query.
  app.use('/__clerk/v1/*', methodOverride({ app, query: '_method' }));

  app.route(PICTURES_PATH, pictures);
  app.route(BACKEND_API_PATH, backendApi);
  app.on(['GET', 'PATCH'], '/__clerk/v1/environment', (c) =>
    c.json(environmentJson(new URL(c.req.url).origin)),
  );

  app.use('/__clerk/v1/*', knownClient);
  app.on(['GET', 'POST', 'PUT'], '/__clerk/v1/client', async (c) =>
    c.json({ response: await clientJson(c), client: null }),
  );
  app.route('/__clerk/v1/client/sign_ins', signIns);
  app.route('/__clerk/v1/client/sign_ups', signUps);
  app.route('/__clerk/v1/client/sessions', clientSessions);
  app.route('/__clerk/v1/me/sessions', mySessions);
  app.route('/__clerk/v1/me', me);
  app.all('/__clerk/v1/*', (c) => {
    const message = `The local stand-in for Clerk does not have ${c.req.method} ${c.req.path}.`;
    return refuse(c, { status: 404, code: 'resource_not_found', message });
  });
  return app;
}

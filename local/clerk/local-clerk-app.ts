import { Hono } from 'hono';
import { methodOverride } from 'hono/method-override';
import { drainedBody } from '../../worker/api/request/drain-body.ts';
import { clientJson, refuse } from './answers/client-json.ts';
import { environmentJson } from './answers/environment-json.ts';
import { PICTURES_PATH } from './answers/user-json.ts';
import { knownClient } from './known-client.ts';
import { backendApi } from './routes/backend-api.ts';
import { clientSessions } from './routes/client-sessions.ts';
import { me } from './routes/me.ts';
import { mySessions } from './routes/my-sessions.ts';
import { signIns } from './routes/sign-ins.ts';
import { signUps } from './routes/sign-ups.ts';
import type { StandInEnv } from './stand-in-env.ts';
import { BACKEND_API_PATH } from './state/credentials.ts';
import { pictures } from './state/pictures.ts';

/**
 * Builds the stand-in: the parts of Clerk's Frontend API that its browser code calls, the pictures, and the Backend
 * API.
 */
export function createLocalClerkApp(): Hono<StandInEnv> {
  const app = new Hono<StandInEnv>();
  app.use(drainedBody);
  // Clerk's browser code sends every change as POST, with the real method in the query.
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

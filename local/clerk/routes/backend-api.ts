import { Hono } from 'hono';
import { userJson } from '../answers/user-json.ts';
import type { StandInEnv } from '../stand-in-env.ts';
import { findUser } from '../state/users.ts';

/** The part of Clerk's Backend API that the Worker calls: one user, with the secret key as bearer token. */
export const backendApi = new Hono<StandInEnv>()
  .use(async (c, next) => {
    if (c.req.header('Authorization') !== `Bearer ${c.env.credentials.secretKey}`) {
      return c.json(errors('authorization_invalid', 'Not authorised'), 401);
    }
    await next();
    return undefined;
  })
  .get('/v1/users/:id', (c) => {
    const user = findUser(c.env.sql, c.req.param('id'));
    return user
      ? c.json(userJson(user))
      : c.json(errors('resource_not_found', 'There is no such user.'), 404);
  });

function errors(code: string, message: string) {
  return { errors: [{ code, message, long_message: message, meta: {} }] };
}

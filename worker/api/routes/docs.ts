import { Hono } from 'hono';
import { contentPolicy } from '../../page/content-policy.ts';
import type { AppEnv } from '../request/app-env.ts';

/** Swagger UI from our own origin. The policy allows neither inline scripts nor files from elsewhere. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Edgewise API</title>
    <link rel="stylesheet" href="/assets/docs/swagger-ui.css">
  </head>
  <body>
    <main id="api"></main>
    <script src="/assets/docs/swagger-ui-bundle.js"></script>
    <script src="/assets/docs/init.js"></script>
  </body>
</html>
`;

/** `GET /api/docs`: the OpenAPI document as a page. Public. */
export const docs = new Hono<AppEnv>().get('/api/docs', (c) =>
  c.html(PAGE, 200, { 'Content-Security-Policy': contentPolicy() }),
);

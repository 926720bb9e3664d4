import { Hono } from 'hono';
import { contentPolicy } from '../../page/content-policy.ts';
import type { AppEnv } from '../request/app-env.ts';

/** Everything is a file of ours: the policy allows no script in the page, and nothing from elsewhere. */
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

/** `GET /api/docs`, for everyone: the page that shows the OpenAPI document. */
export const docs = new Hono<AppEnv>().get('/api/docs', (c) =>
  c.html(PAGE, 200, { 'Content-Security-Policy': contentPolicy() }),
);

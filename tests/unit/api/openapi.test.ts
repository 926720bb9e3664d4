import { expect, test } from 'vitest';
import { describeApi } from '../../../worker/api/routes/openapi.ts';
import { createApp } from '../../../worker/app.ts';
import { clerkFromEnv } from '../../../worker/auth/clerk-from-env.ts';

/** `get /api/groups/:id`, for every route of the API; middleware is registered for all methods. */
function registeredRoutes(): Set<string> {
  const { routes } = createApp({ clerk: clerkFromEnv });
  return new Set(
    routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => `${method.toLowerCase()} ${path}`),
  );
}

/** `get /api/groups/:id`, for every operation in the document. */
function documentedRoutes(): Set<string> {
  const paths = Object.entries(describeApi().paths ?? {});
  return new Set(
    paths.flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    ),
  );
}

test('every route is documented, and every documented route exists', () => {
  expect(documentedRoutes()).toEqual(registeredRoutes());
});

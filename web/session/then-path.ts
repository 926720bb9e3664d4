/** The query field with the path to go to after signing in. */
const THEN = 'then';

/**
 * The path in `?then=`, `/` without one. An address of another origin is ignored: a link to our sign-in page could
 * otherwise send users to a foreign one.
 */
export function thenPath(href: string): string {
  const page = new URL(href);
  const then = page.searchParams.get(THEN);
  if (then === null || !URL.canParse(then, page.origin)) return '/';
  const target = new URL(then, page.origin);
  return target.origin === page.origin ? `${target.pathname}${target.search}${target.hash}` : '/';
}

/** The path of the sign-in or sign-up page that returns to `then`, a path of ours. */
export function signInPath(kind: 'sign-in' | 'sign-up', then: string): string {
  return then === '/' ? `/${kind}` : `/${kind}?${new URLSearchParams({ [THEN]: then })}`;
}

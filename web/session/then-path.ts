/** The query field that says where to go once somebody has signed in. */
const THEN = 'then';

/**
 * Where `?then=` leads: a path of ours, `/` without one. Anything that leaves the origin is ignored, or a link to our
 * sign-in page could hand people on to somebody else's.
 */
export function thenPath(href: string): string {
  const page = new URL(href);
  const then = page.searchParams.get(THEN);
  if (then === null || !URL.canParse(then, page.origin)) return '/';
  const target = new URL(then, page.origin);
  return target.origin === page.origin ? `${target.pathname}${target.search}${target.hash}` : '/';
}

/** The path of the sign-in or sign-up page that comes back to `then`, a path of ours. */
export function signInPath(kind: 'sign-in' | 'sign-up', then: string): string {
  return then === '/' ? `/${kind}` : `/${kind}?${new URLSearchParams({ [THEN]: then })}`;
}

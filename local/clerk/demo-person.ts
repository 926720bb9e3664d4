/** The domain of the addresses of demo people. Nobody else can sign up with it. */
export const DEMO_DOMAIN = 'demo.localhost';

/** A user who signs in by name, without a password. */
export interface DemoPerson {
  name: string;
  address: string;
}

/**
 * Returns the demo person of a ticket `demo:<name>`: 1 to 40 letters, digits, spaces, `.`, `_` or `-`.
 * The case of the name does not matter, and different names never share an address. Undefined for any other ticket.
 */
export function demoPersonOf(ticket: string): DemoPerson | undefined {
  const name = /^demo:([\p{L}\p{M}\p{N} ._-]{1,40})$/u.exec(ticket.normalize('NFC'))?.[1];
  if (name === undefined) return undefined;
  // JavaScript has no Unicode case folding. Upper then lower case comes close (ß and SS, σ and ς).
  const folded = name.toUpperCase().toLowerCase().normalize('NFC');
  return { name, address: `${encodeURIComponent(folded)}@${DEMO_DOMAIN}` };
}

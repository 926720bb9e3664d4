/** Addresses in here belong to demo people alone. */
export const DEMO_DOMAIN = 'demo.localhost';

/** Somebody who can be signed in by name, without a password. */
export interface DemoPerson {
  name: string;
  address: string;
}

/**
 * The demo person of a ticket `demo:<name>` (protocol.md): 1 to 40 letters, digits, spaces, `.`, `_` or `-`. The same
 * name, in any case, is the same person; different names never share an address. Undefined for any other ticket.
 */
export function demoPersonOf(ticket: string): DemoPerson | undefined {
  const name = /^demo:([\p{L}\p{M}\p{N} ._-]{1,40})$/u.exec(ticket.normalize('NFC'))?.[1];
  if (name === undefined) return undefined;
  // To upper and then to lower case is as near as the language comes to Unicode's case folding (ß and SS, σ and ς).
  const folded = name.toUpperCase().toLowerCase().normalize('NFC');
  return { name, address: `${encodeURIComponent(folded)}@${DEMO_DOMAIN}` };
}

/** Room for a number behind it within the 32 characters of a handle (protocol/rest-requests.ts, `ProfileChange`). */
const BASE_CHARACTERS = 24;

/** A name that leaves nothing to make a handle of (another script, only signs) gets this one. */
const NAMELESS = 'member';

/** Numbered handles that are tried before a random number: enough for every name that people share by chance. */
const NUMBERED = 20;

/** A handle that reads like the name: "Éva Tóth" gives `eva-toth`. */
export function handleFrom(name: string): string {
  const base = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, BASE_CHARACTERS)
    .replace(/^-+|-+$/g, '');
  return base.length < 2 ? NAMELESS : base;
}

/** The handle, then the handle with numbers, in the order in which they should be given away. */
export function handleCandidates(base: string): string[] {
  const numbered = Array.from({ length: NUMBERED }, (_, index) => `${base}${index + 2}`);
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return [base, ...numbered, `${base}${random % 10_000_000}`];
}

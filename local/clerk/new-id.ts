/** Generates an id in Clerk's form: the kind, an underscore, and 122 random bits in hex. */
export function newId(kind: string): string {
  return `${kind}_${crypto.randomUUID().replaceAll('-', '')}`;
}

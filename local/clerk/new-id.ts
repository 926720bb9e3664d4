/** A new id in Clerk's form: what it is, an underscore, and 122 random bits. */
export function newId(kind: string): string {
  return `${kind}_${crypto.randomUUID().replaceAll('-', '')}`;
}

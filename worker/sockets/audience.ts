/** Who gets an event: everyone, or one user's clients only, or everyone but some users' clients. */
export interface Audience {
  onlyTo?: string | undefined;
  notTo?: ReadonlySet<string> | undefined;
}

/** Whether this user's clients get it. */
export function isMeant({ onlyTo, notTo }: Audience, userId: string): boolean {
  return (onlyTo === undefined || onlyTo === userId) && notTo?.has(userId) !== true;
}

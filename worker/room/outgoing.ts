import type { ServerEvent } from '../../protocol/server-events.ts';

/** An event on its way to everyone, or to one person's sockets. */
export interface Outgoing {
  event: ServerEvent;
  onlyTo?: string | undefined;
}

/**
 * Puts events into one frame for each person, in their order; undefined for whom there is none. Serialised once for all
 * whom nothing concerns alone: nearly always that is everyone.
 */
export function framesOf(outgoing: readonly Outgoing[]): (userId: string) => string | undefined {
  const frameFor = (userId?: string): string | undefined => {
    const theirs = outgoing.filter(({ onlyTo }) => onlyTo === undefined || onlyTo === userId);
    return theirs.length > 0 ? JSON.stringify(theirs.map(({ event }) => event)) : undefined;
  };
  const forAll = frameFor();
  const named = new Set(outgoing.flatMap(({ onlyTo }) => onlyTo ?? []));
  const personal = new Map([...named].map((userId) => [userId, frameFor(userId)]));
  return (userId) => (personal.has(userId) ? personal.get(userId) : forAll);
}

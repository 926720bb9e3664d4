import type { ServerEvent } from '../../../protocol/server-events.ts';

/** An event on its way to everyone, or to one person's sockets. */
export interface Outgoing {
  event: ServerEvent;
  onlyTo?: string | undefined;
}

/**
 * Puts events into one frame for each person, in their order; undefined for whom there is none. Each event is serialised
 * once, and the frame for all whom nothing concerns alone is made once: nearly always that is everyone.
 */
export function framesOf(outgoing: readonly Outgoing[]): (userId: string) => string | undefined {
  const parts = outgoing.map(({ event, onlyTo }) => ({ text: JSON.stringify(event), onlyTo }));
  const frameFor = (userId?: string): string | undefined => {
    const theirs = parts.filter(({ onlyTo }) => onlyTo === undefined || onlyTo === userId);
    return theirs.length > 0 ? `[${theirs.map(({ text }) => text).join(',')}]` : undefined;
  };
  const forAll = frameFor();
  const named = new Set(parts.flatMap(({ onlyTo }) => onlyTo ?? []));
  const personal = new Map([...named].map((userId) => [userId, frameFor(userId)]));
  return (userId) => (personal.has(userId) ? personal.get(userId) : forAll);
}

import * as z from 'zod/mini';
import { ServerEvent, UnknownEvent } from '../../../protocol/server-events.ts';

/** An event of an unknown type or form. */
export interface StrangeEvent {
  type: 'strange';
  rev?: number;
}

/** An event as it is received. */
export type ReceivedEvent = ServerEvent | StrangeEvent;

const Frame = z.array(z.unknown());

/** Parses a text frame of the group's socket; undefined for text that is no frame. */
export function parseFrame(text: string): ReceivedEvent[] | undefined {
  const frame = Frame.safeParse(parseJson(text));
  return frame.success ? parseEvents(frame.data) : undefined;
}

/** Parses each event alone, so that an unknown one does not lose the others of its frame. */
export function parseEvents(events: readonly unknown[]): ReceivedEvent[] {
  return events.flatMap((event): ReceivedEvent[] => {
    const known = ServerEvent.safeParse(event);
    if (known.success) return [known.data];
    const unknown = UnknownEvent.safeParse(event);
    if (!unknown.success) return [];
    const { rev } = unknown.data;
    return [rev === undefined ? { type: 'strange' } : { type: 'strange', rev }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import * as z from 'zod/mini';
import { ServerEvent, UnknownEvent } from '../../../protocol/server-events.ts';

/** An event of an unknown type or form. */
export interface StrangeEvent {
  type: 'strange';
  rev?: number;
}

/** An event of a group as it is received. */
export type ReceivedEvent = ServerEvent | StrangeEvent;

const Frame = z.array(z.unknown());

/** The events of a text frame, which are not parsed yet; undefined for text that is no frame. */
export function parseFrame(text: string): unknown[] | undefined {
  return Frame.safeParse(parseJson(text)).data;
}

/** Parses the events of a group, each alone, so that an unknown one does not lose the others of its frame. */
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

import * as z from 'zod/mini';
import { ServerEvent, UnknownEvent } from '../../../protocol/server-events.ts';

/** An event of a type, or in a form, that this version does not know. */
export interface StrangeEvent {
  type: 'strange';
  rev?: number;
}

/** What a frame can hold once it is parsed. */
export type ReceivedEvent = ServerEvent | StrangeEvent;

const Frame = z.array(z.unknown());

/** Parses one text frame of the group's socket. Gives undefined for what is no frame of ours at all. */
export function parseFrame(text: string): ReceivedEvent[] | undefined {
  const frame = Frame.safeParse(parseJson(text));
  return frame.success ? parseEvents(frame.data) : undefined;
}

/** Parses each event on its own: one that is not understood must not cost the others. */
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

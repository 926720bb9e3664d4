import * as z from 'zod/mini';
import { ServerEvent } from '../../protocol/server-events.ts';

const Frame = z.array(ServerEvent);

/** Identifies a frame of messages: the rev of the first, and the length. */
const HEAD_BYTES = 64;
const MESSAGES = '[{"type":"message","rev":';
/** Clients read at different speeds, but not many frames apart. */
const KEPT_FRAMES = 500;

/** Parses each frame that a Room sends to everyone once; a hundred clients in one process could not each parse it. */
export function sharedFrames(): (data: Buffer) => readonly ServerEvent[] {
  const parsed = new Map<string, { data: Buffer; events: readonly ServerEvent[] }>();
  return (data) => {
    const head = data.toString('latin1', 0, HEAD_BYTES);
    if (!head.startsWith(MESSAGES)) return parse(data);
    const key = `${data.length} ${head}`;
    const known = parsed.get(key);
    if (known?.data.equals(data)) return known.events;
    const events = parse(data);
    parsed.set(key, { data, events });
    const [oldest] = parsed.keys();
    if (parsed.size > KEPT_FRAMES && oldest !== undefined) parsed.delete(oldest);
    return events;
  };
}

function parse(data: Buffer): readonly ServerEvent[] {
  return data[0] === '['.charCodeAt(0) ? Frame.parse(JSON.parse(data.toString())) : [];
}

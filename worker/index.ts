import { createApp } from './app.ts';
import { clerkFromEnv } from './auth/clerk-from-env.ts';
import type { Env } from './env.ts';
import { onSchedule } from './ops/sweep/on-schedule.ts';

export { Inbox } from './inbox/inbox.ts';
export { Room } from './room/room.ts';
export { Upload } from './upload/upload.ts';

const app = createApp({ clerk: clerkFromEnv });

export default { fetch: app.fetch, scheduled: onSchedule } satisfies ExportedHandler<Env>;

import { createApp } from './app.ts';
import { clerkFromEnv } from './auth/clerk-from-env.ts';

export { Inbox } from './inbox/inbox.ts';
export { Room } from './room/room.ts';
export { Upload } from './upload/upload.ts';
export default createApp({ clerk: clerkFromEnv });

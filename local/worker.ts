import { drainBody } from '../worker/api/request/drain-body.ts';
import { createApp } from '../worker/app.ts';
import type { ClerkSource } from '../worker/auth/clerk-config.ts';
import type { Env } from '../worker/env.ts';
import { problem } from '../worker/errors/problem.ts';
import { Inbox as DeployedInbox } from '../worker/inbox/inbox.ts';
import { onSchedule } from '../worker/ops/sweep/on-schedule.ts';
import { Room as DeployedRoom } from '../worker/room/room.ts';
import { localClerk, localClerkObject } from './clerk/local-clerk-source.ts';
import { isStandInOn } from './clerk/local-env.ts';
import { isLoopback } from './clerk/loopback.ts';
import { scriptFiles } from './clerk/routes/script-files.ts';
import { answerRoomCosts, COSTS_PATH, type RoomCosts } from './room-costs.ts';
import { answerSweep, SWEEP_PATH } from './sweep.ts';

export { Upload } from '../worker/upload/upload.ts';
export { LocalClerk } from './clerk/local-clerk.ts';

/** The Room of a local run: it verifies the token of a renewed lease with the stand-in. */
export class Room extends DeployedRoom {
  protected override clerkSource(): ClerkSource {
    return localClerk;
  }

  override async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname !== COSTS_PATH) return super.fetch(request);
    const alarmAt = await this.ctx.storage.getAlarm();
    return Response.json({ ...this.written, alarmAt } satisfies RoomCosts);
  }
}

/** The Inbox of a local run, likewise. */
export class Inbox extends DeployedInbox {
  protected override clerkSource(): ClerkSource {
    return localClerk;
  }
}

const app = createApp({ clerk: localClerk });

/** The entry of local runs and tests: the deployed app, the stand-in for Clerk under `/__clerk`, the sweep of files, and what Rooms write. */
export default {
  async fetch(request, env, ctx) {
    const response = await answer(request, env, ctx);
    // The refusals below and the script files do not read the body.
    await drainBody(request);
    return response;
  },
  scheduled: onSchedule,
} satisfies ExportedHandler<Env>;

async function answer(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  const asksStandIn = pathname === '/__clerk' || pathname.startsWith('/__clerk/');
  if (!isStandInOn(env)) {
    if (!asksStandIn) return app.fetch(request, env, ctx);
    return problem({ code: 'not_found', detail: 'The stand-in for Clerk is off.' });
  }
  // The stand-in signs anyone in as anyone, so it must not be reachable from other machines.
  if (!isLoopback(hostname)) {
    const detail = 'This Edgewise signs anyone in, so it answers only on its own machine.';
    return problem({ code: 'forbidden', detail });
  }
  if (pathname === SWEEP_PATH) return answerSweep(request, env);
  if (pathname === COSTS_PATH) return answerRoomCosts(request, env);
  if (!asksStandIn) return app.fetch(request, env, ctx);
  if (pathname.startsWith('/__clerk/npm/')) return scriptFiles.fetch(request, env, ctx);
  return localClerkObject(env).fetch(request);
}

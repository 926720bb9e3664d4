import * as z from 'zod/mini';
import type { Env } from '../worker/env.ts';
import { problem } from '../worker/errors/problem.ts';
import { SWEEP_START, SweepPosition } from '../worker/ops/sweep/position.ts';
import { sweepFiles } from '../worker/ops/sweep/sweep-files.ts';

/** The address at which `npm run check:files` runs the sweep of files piece by piece. */
export const SWEEP_PATH = '/__sweep';

const Body = z.object({ from: z.optional(SweepPosition) });

/** Sweeps from the position in the body on. Answers with the report and the next position. */
export async function answerSweep(request: Request, env: Env): Promise<Response> {
  const body = Body.safeParse(await request.json().catch(() => undefined));
  if (request.method !== 'POST' || !body.success) {
    return problem({ code: 'invalid', detail: 'POST { "from": <position> } or {}.' });
  }
  return Response.json(await sweepFiles(env, body.data.from ?? SWEEP_START, Date.now()));
}

import type { Env } from '../../env.ts';
import { SWEEP_KEY } from '../../file-keys.ts';
import { SWEEP_START, SweepPosition } from './position.ts';
import { sweepFiles } from './sweep-files.ts';

/** The ids of a kind in a line of the log. */
const LOGGED_IDS = 20;

/** What the cron of `wrangler.toml` runs: the next piece of the sweep. R2 keeps where it goes on. */
export async function onSchedule(
  { scheduledTime }: Pick<ScheduledController, 'scheduledTime'>,
  env: Env,
): Promise<void> {
  try {
    const { report, next } = await sweepFiles(env, await positionIn(env), scheduledTime);
    await env.FILES.put(SWEEP_KEY, JSON.stringify(next ?? SWEEP_START));
    const { seen, ...found } = report;
    if (Object.values(found).every((ids) => ids.length === 0)) return;
    const some = Object.entries(found).map(([kind, ids]) => [
      kind,
      { count: ids.length, ids: ids.slice(0, LOGGED_IDS) },
    ]);
    console.warn(JSON.stringify({ event: 'files_swept', seen, ...Object.fromEntries(some) }));
  } catch (error) {
    console.error(JSON.stringify({ event: 'sweep_failed', error: String(error) }));
  }
}

async function positionIn({ FILES }: Env): Promise<SweepPosition> {
  const kept = await FILES.get(SWEEP_KEY);
  const position = kept ? SweepPosition.safeParse(await kept.json()) : undefined;
  return position?.success ? position.data : SWEEP_START;
}

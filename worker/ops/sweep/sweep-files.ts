import { assertNever } from '../../../protocol/assert-never.ts';
import type { Env } from '../../env.ts';
import { OBJECTS_AT_ONCE } from '../../in-chunks.ts';
import { placeAfter, type SweepPosition } from './position.ts';
import { emptyReport, type SweepReport } from './report.ts';
import { sweepBytes } from './sweep-bytes.ts';
import { sweepRows } from './sweep-rows.ts';
import { Sweeping } from './sweeping.ts';

/** What one invocation did, and where the next one goes on; undefined at the end of a round. */
export interface Swept {
  report: SweepReport;
  next: SweepPosition | undefined;
}

/**
 * Compares R2, the rows of files in D1 and the Rooms from a position on, and mends what disagrees: the Rooms decide. Ends after
 * `OBJECTS_AT_ONCE` calls. `now` is ms UTC. Throws if R2 or D1 cannot be reached; running it twice does no harm.
 */
export async function sweepFiles(env: Env, from: SweepPosition, now: number): Promise<Swept> {
  const report = emptyReport();
  const sweeping = new Sweeping(env, now, OBJECTS_AT_ONCE, report);
  let next: SweepPosition | undefined = from;
  while (next && !sweeping.isOver()) next = await step(sweeping, next);
  return { report, next };
}

/** Does a part of a place. Returns where to go on. */
async function step(sweeping: Sweeping, from: SweepPosition): Promise<SweepPosition | undefined> {
  const after = await lastOf(sweeping, from);
  return after === undefined ? placeAfter(from.place) : { place: from.place, after };
}

function lastOf(sweeping: Sweeping, { place, after }: SweepPosition): Promise<string | undefined> {
  switch (place) {
    case 'files':
    case 'variants':
    case 'uploads':
      return sweepBytes(sweeping, place, after);
    case 'rows':
      return sweepRows(sweeping, after);
    default:
      return assertNever(place);
  }
}

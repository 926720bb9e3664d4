import * as z from 'zod/mini';
import { SWEEP_START, SweepPosition } from '../../worker/ops/sweep/position.ts';
import { emptyReport, isMended, SweepReport } from '../../worker/ops/sweep/report.ts';

// `node scripts/check-files/check-files.ts URL` sweeps all files of the local Edgewise at URL and prints what disagreed.

const Swept = z.object({ report: SweepReport, next: z.optional(SweepPosition) });

/** What a list of the report means, and whether it is mended. */
const FOUND = {
  erasedKeys: 'bytes that no Room knew: erased',
  mirroredRows: 'files that D1 lacked: their groups write them again',
  erasedRows: 'rows in D1 that no Room knew: erased',
  withoutBytes: 'files whose bytes are missing: not mended',
  strangeKeys: 'objects that belong to no file: left as they are',
  unanswered: 'groups, uploads and users that did not answer: run the check again',
} as const satisfies Record<Exclude<keyof SweepReport, 'seen'>, string>;

const [url = ''] = process.argv.slice(2);
const report = emptyReport();
let from: SweepPosition | undefined = SWEEP_START;
while (from) {
  const { report: piece, next }: z.infer<typeof Swept> = await sweep(from);
  report.seen += piece.seen;
  for (const kind of kinds()) report[kind].push(...piece[kind]);
  from = next;
}
console.info(`${report.seen} objects and rows of files were compared with their Rooms.`);
for (const kind of kinds()) {
  if (report[kind].length > 0) console.info(`${report[kind].length} ${FOUND[kind]}`);
  for (const id of report[kind]) console.info(`  ${id}`);
}
if (kinds().every((kind) => report[kind].length === 0)) console.info('Nothing disagreed.');
process.exitCode = isMended(report) ? 0 : 1;

async function sweep(position: SweepPosition): Promise<z.infer<typeof Swept>> {
  const answer = await fetch(new URL('/__sweep', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: position }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Edgewise at ${url} answered ${answer.status}: ${text}`);
  return Swept.parse(JSON.parse(text));
}

function kinds() {
  return [
    'erasedKeys',
    'mirroredRows',
    'erasedRows',
    'withoutBytes',
    'strangeKeys',
    'unanswered',
  ] as const;
}

import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { ROOT } from '../../scripts/steps/run.mjs';

export interface LogLine {
  /** `log`, `debug`, `info`, `warn` or `error`. */
  level: string;
  message: string;
}

/** Where workerd reports what no handler caught, it says so before the stack. */
const UNCAUGHT = /^uncaught exception; source = ([^;]+); stack = /;

/** What workerd says to those who work on it: marked notes, clients that are gone, and again what a script has thrown. */
const WORKERD_ITSELF =
  /^NOSENTRY |^(uncaught exception; )?\S+ = \S+:\d+: (disconnected: |failed: jsg\.)/;

/**
 * Makes of each line that workerd logs what the Worker of this script has to say, undefined where that is nothing. Stacks,
 * also those inside a JSON line, name places in the sources (`worker/room/room.ts:12:3`), not in the script.
 */
export function workerLog(script: string): (line: LogLine) => LogLine | undefined {
  const mapped = sourceMapped(script);
  return ({ level, message }) => {
    if (WORKERD_ITSELF.test(message)) return undefined;
    if (!UNCAUGHT.test(message)) return { level, message: mapped(message) };
    return { level: 'error', message: mapped(message.replace(UNCAUGHT, '$1: ')) };
  };
}

/** Places that the source map beside the script does not know stay as they are. */
function sourceMapped(script: string): (text: string) => string {
  const path = `${script}.map`;
  if (!existsSync(path)) return (text) => text;
  let map: SourceMap | undefined;
  const name = basename(script).replaceAll('.', '\\.');
  const place = new RegExp(`(?:file://)?[^\\s("]*\\b${name}:(\\d+):(\\d+)`, 'g');
  return (text) =>
    text.replaceAll(place, (whole, line: string, column: string) => {
      // Read when the first stack comes: the map is larger than the Worker.
      map ??= new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
      const origin = map.findOrigin(Number(line), Number(column));
      if (!('fileName' in origin)) return whole;
      const source = relative(ROOT, resolve(dirname(path), origin.fileName));
      return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
    });
}

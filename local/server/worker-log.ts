import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { ROOT } from '../../scripts/steps/run.mjs';

/** A line of the log of a local Worker. */
export interface LogLine {
  /** `log`, `debug`, `info`, `warn` or `error`. */
  level: string;
  message: string;
}

/** How workerd begins its report of an uncaught exception. */
const UNCAUGHT = /^uncaught exception; source = ([^;]+); stack = /;

/** Lines about workerd itself: internal notes, disconnected clients, and exceptions that it has already reported. */
const WORKERD_ITSELF =
  /^NOSENTRY |^(uncaught exception; )?\S+ = \S+:\d+: (disconnected: |failed: jsg\.)/;

/**
 * Returns a filter for the lines that workerd logs. It returns undefined for a line about workerd itself. In every
 * other line, also inside JSON, it maps the places of a stack from the script to the sources
 * (`worker/room/room.ts:12:3`).
 */
export function workerLog(script: string): (line: LogLine) => LogLine | undefined {
  const mapped = sourceMapped(script);
  return ({ level, message }) => {
    if (WORKERD_ITSELF.test(message)) return undefined;
    if (!UNCAUGHT.test(message)) return { level, message: mapped(message) };
    return { level: 'error', message: mapped(message.replace(UNCAUGHT, '$1: ')) };
  };
}

/** Maps places in a text with the source map beside the script. Unknown places stay as they are. */
function sourceMapped(script: string): (text: string) => string {
  const path = `${script}.map`;
  if (!existsSync(path)) return (text) => text;
  let map: SourceMap | undefined;
  const name = basename(script).replaceAll('.', '\\.');
  const place = new RegExp(`(?:file://)?[^\\s("]*\\b${name}:(\\d+):(\\d+)`, 'g');
  return (text) =>
    text.replaceAll(place, (whole, line: string, column: string) => {
      // Loaded with the first stack: the map is larger than the Worker.
      map ??= new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
      const origin = map.findOrigin(Number(line), Number(column));
      if (!('fileName' in origin)) return whole;
      const source = relative(ROOT, resolve(dirname(path), origin.fileName));
      return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
    });
}

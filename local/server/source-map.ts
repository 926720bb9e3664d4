import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { ROOT } from '../../scripts/steps/run.mjs';

/**
 * Gives a function that puts places in the sources (`worker/room/room.ts:12:3`) where a text names places in the bundle,
 * as stacks do, also those inside a JSON line. Places that the source map does not know stay as they are.
 */
export function sourceMapped(script: string): (text: string) => string {
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

import { join } from 'node:path/posix';
import { parseSync } from 'vite';

/** One import (or re-export) of a module. */
export interface Import {
  /** A path from the repository for what is ours, else the package's name as it is written. */
  to: string;
  /** Only types: gone when the program runs. */
  typeOnly: boolean;
}

/**
 * Everything that a source file imports, dynamically too. `path` is relative to the repository.
 * Throws where the file does not parse.
 */
export function importsOf(path: string, source: string): Import[] {
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((it) => it.message).join('; ')}`);
  const resolved = (name: string) => (name.startsWith('.') ? join(path, '..', name) : name);
  return [
    ...module.staticImports.map((it) => ({
      to: resolved(it.moduleRequest.value),
      typeOnly: it.entries.length > 0 && it.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports
      .flatMap((it) => it.entries)
      .flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ to: resolved(moduleRequest.value), typeOnly: isType }] : [],
      ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      to: resolved(source.slice(start + 1, end - 1)),
      typeOnly: false,
    })),
  ];
}

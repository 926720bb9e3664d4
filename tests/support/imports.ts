import { join } from 'node:path/posix';
import { parseSync } from 'vite';

/**
 * The imports of a source file, types and dynamic imports included: a path from the repository for our own files, the
 * package's name for others. `path` is relative to the repository. Throws if the file does not parse.
 */
export function importsOf(path: string, source: string): string[] {
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((it) => it.message).join('; ')}`);
  const resolved = (name: string) => (name.startsWith('.') ? join(path, '..', name) : name);
  return [
    ...module.staticImports.map((it) => resolved(it.moduleRequest.value)),
    ...module.staticExports
      .flatMap((it) => it.entries)
      .flatMap(({ moduleRequest }) => (moduleRequest ? [resolved(moduleRequest.value)] : [])),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
      resolved(source.slice(start + 1, end - 1)),
    ),
  ];
}

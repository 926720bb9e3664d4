import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfigFromFile, type Plugin, type Rolldown } from 'vite';
import { beforeAll, expect, test } from 'vitest';

type Bundle = Record<
  string,
  Pick<Rolldown.OutputChunk, 'type' | 'name' | 'fileName' | 'imports' | 'isEntry'>
>;

const ROOT = join(import.meta.dirname, '../../..');

/** `index.html` as a build writes it, when these files are the result. */
let build: (bundle: Bundle) => string;

beforeAll(async () => {
  const env = { command: 'build', mode: 'production' } as const;
  const loaded = await loadConfigFromFile(env, join(ROOT, 'vite.config.ts'), ROOT, 'silent');
  const plugins: unknown[] = await Promise.all((loaded?.config.plugins ?? []).flat(3));
  const plugin = plugins.find((it): it is Plugin => isNamed(it, 'edgewise:first-screen'));
  const transform = plugin?.transformIndexHtml;
  if (typeof transform !== 'object') throw new Error('the plugin does not write the HTML');
  const html = readFileSync(join(ROOT, 'web/index.html'), 'utf8');
  build = (bundle) =>
    String(
      Reflect.apply(transform.handler, undefined, [html, { bundle, path: '/', filename: '' }]),
    );
});

function isNamed(plugin: unknown, name: string): boolean {
  return typeof plugin === 'object' && plugin !== null && Reflect.get(plugin, 'name') === name;
}

test('the welcome page and the shape of a group stand in the HTML, without a script in it', () => {
  const html = build({});
  expect(html).toContain('<div data-for="visitor"><div');
  expect(html).toMatch(/<h1 [^>]*>Group chat that keeps its word<\/h1>/);
  expect(html).toContain('href="/sign-up"');
  expect(html).toMatch(/<div data-for="user">.*Loading/s);
  // The content policy forbids inline scripts and handlers.
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
});

test('the script before the first paint knows the files of each first page, and not those of the entry', () => {
  const html = build({
    ...chunk('index', ['runtime'], { isEntry: true }),
    ...chunk('runtime'),
    ...chunk('signed-in', ['index', 'runtime']),
    ...chunk('clerk-session', ['index', 'clerk']),
    ...chunk('clerk', ['runtime']),
    ...chunk('emoji-picker', ['signed-in']),
  });
  expect(html).toContain('data-frame="/signed-in.js /runtime.js"');
  expect(html).toContain('data-session="/clerk-session.js /clerk.js /runtime.js"');
  expect(html).toContain('data-welcome=""');
});

test('its files have absolute addresses, because the page opens at any path', () => {
  const addresses = [...build({}).matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]*)"/g)];
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.flatMap(([, address = '']) => (address.startsWith('/') ? [] : address))).toEqual(
    [],
  );
});

/** A file of a build, by its name. */
function chunk(name: string, imports: readonly string[] = [], { isEntry = false } = {}): Bundle {
  const files = imports.map((it) => `${it}.js`);
  const file = { type: 'chunk', name, fileName: `${name}.js`, imports: files, isEntry } as const;
  return { [file.fileName]: file };
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FILE = /(?<![\w./*-])[\w-][\w./-]*\.(?:tsx?|css|md|toml)\b/g;
const FOLDER = /(?<![\w./*-])[a-z][\w/-]*\/(?![\w*.-])/g;

const pathsOf = (...patterns: string[]) =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
const existing = pathsOf('{protocol,worker,web,local,scripts,tests,docs}/**/*', '*');

/** The names in this text that end the path of no file or folder, after the path of the text itself. */
function unknownIn(path: string, text: string, pattern: RegExp): string[] {
  const names = (text.match(pattern) ?? []).map((name) => name.replace(/\/$/, ''));
  const isUnknown = (name: string) =>
    !existing.some((it) => it === name || it.endsWith(`/${name}`));
  return names.filter(isUnknown).map((name) => `${path}: ${name}`);
}

/** What Markdown marks as code, and the trees of folders that it draws. */
function codeIn(markdown: string): string {
  return (markdown.match(/`[^`\n]+`|^ {4}.*/gm) ?? []).join('\n');
}

function commentsIn(source: string): string {
  return (source.match(/\/\*.*?\*\/|^\s*\/\/.*?$/gms) ?? []).join('\n');
}

it('the docs name only files and folders that exist', () => {
  const docs = pathsOf('docs/*.md', 'README.md');
  expect(docs.length).toBeGreaterThan(5);
  const unknown = docs.flatMap((path) => {
    const code = codeIn(readFileSync(join(ROOT, path), 'utf8'));
    return [...unknownIn(path, code, FILE), ...unknownIn(path, code, FOLDER)];
  });
  expect(unknown).toEqual([]);
});

it('comments name only files that exist', () => {
  const sources = pathsOf('{protocol,worker,web,local,scripts,tests}/**/*.{ts,tsx,css}');
  expect(sources.length).toBeGreaterThan(20);
  const unknown = sources.flatMap((path) =>
    unknownIn(path, commentsIn(readFileSync(join(ROOT, path), 'utf8')), FILE),
  );
  expect(unknown).toEqual([]);
});

import type { LanguageFn } from 'highlight.js';

type Load = () => Promise<LanguageFn>;

/** The languages that are highlighted, by their names behind a fence. Each loads with the first code in it. */
const BY_NAMES: readonly [names: string, load: Load][] = [
  ['bash sh shell zsh', async () => (await import('highlight.js/lib/languages/bash')).default],
  ['c h', async () => (await import('highlight.js/lib/languages/c')).default],
  ['cpp c++ cc hpp', async () => (await import('highlight.js/lib/languages/cpp')).default],
  ['csharp cs c#', async () => (await import('highlight.js/lib/languages/csharp')).default],
  ['css', async () => (await import('highlight.js/lib/languages/css')).default],
  ['diff patch', async () => (await import('highlight.js/lib/languages/diff')).default],
  [
    'dockerfile docker',
    async () => (await import('highlight.js/lib/languages/dockerfile')).default,
  ],
  ['elixir ex exs', async () => (await import('highlight.js/lib/languages/elixir')).default],
  ['go golang', async () => (await import('highlight.js/lib/languages/go')).default],
  ['haskell hs', async () => (await import('highlight.js/lib/languages/haskell')).default],
  ['html xml svg', async () => (await import('highlight.js/lib/languages/xml')).default],
  ['ini toml', async () => (await import('highlight.js/lib/languages/ini')).default],
  ['java', async () => (await import('highlight.js/lib/languages/java')).default],
  [
    'javascript js jsx mjs',
    async () => (await import('highlight.js/lib/languages/javascript')).default,
  ],
  ['json jsonc', async () => (await import('highlight.js/lib/languages/json')).default],
  ['kotlin kt', async () => (await import('highlight.js/lib/languages/kotlin')).default],
  ['lua', async () => (await import('highlight.js/lib/languages/lua')).default],
  ['makefile make', async () => (await import('highlight.js/lib/languages/makefile')).default],
  ['markdown md', async () => (await import('highlight.js/lib/languages/markdown')).default],
  ['php', async () => (await import('highlight.js/lib/languages/php')).default],
  ['python py', async () => (await import('highlight.js/lib/languages/python')).default],
  ['ruby rb', async () => (await import('highlight.js/lib/languages/ruby')).default],
  ['rust rs', async () => (await import('highlight.js/lib/languages/rust')).default],
  ['sql', async () => (await import('highlight.js/lib/languages/sql')).default],
  ['swift', async () => (await import('highlight.js/lib/languages/swift')).default],
  [
    'typescript ts tsx',
    async () => (await import('highlight.js/lib/languages/typescript')).default,
  ],
  ['yaml yml', async () => (await import('highlight.js/lib/languages/yaml')).default],
];

/** The loader of the language with this name. */
export const LANGUAGES: ReadonlyMap<string, Load> = new Map(
  BY_NAMES.flatMap(([names, load]) => names.split(' ').map((name) => [name, load] as const)),
);

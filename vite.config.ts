import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudflare } from '@cloudflare/vite-plugin';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { defineConfig, type Plugin, type PluginOption, type Rolldown } from 'vite';
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa';
import { migrateState } from './local/server/migrate.ts';
import { fromEnvironment, readWorker } from './local/server/worker-options.ts';
import { emojiWords, pickerData } from './scripts/steps/emoji-files.ts';
import { iconSprite } from './scripts/steps/icon-sprite.mjs';
import { FirstScreen } from './web/app/first-screen.tsx';

const ROOT = import.meta.dirname;
const OUT = join(ROOT, 'dist/web');
/** The file with the code of a signed-in user's page. */
const SIGNED_IN = 'signed-in';

type ManifestTransform = NonNullable<VitePWAOptions['workbox']['manifestTransforms']>[number];

/** The public folder of `npm run dev`, which fills it with `web/public` and Clerk's scripts. */
const DEV_PUBLIC = join(ROOT, 'dist/dev');

/** Copies the files of others that the page and `/api/docs` load: the content policy allows no other host. */
function ownAssets(): Plugin {
  return {
    name: 'edgewise:own-assets',
    writeBundle: ({ dir }) => copyOwnAssets(dir ?? ''),
    configResolved: ({ command }) => {
      if (command === 'serve') copyOwnAssets(DEV_PUBLIC);
    },
  };
}

function copyOwnAssets(folder: string): void {
  const modules = join(ROOT, 'node_modules');
  copyFiles(join(modules, 'swagger-ui-dist'), join(folder, 'assets/docs'), [
    'swagger-ui.css',
    'swagger-ui-bundle.js',
  ]);
  const emoji = join(folder, 'assets/emoji');
  copyFiles(join(modules, 'emojibase-data/en'), join(emoji, 'en'), ['messages.json']);
  writeFileSync(join(emoji, 'en/data.json'), JSON.stringify(pickerData()));
  writeFileSync(join(emoji, 'words.json'), JSON.stringify(emojiWords()));
}

function copyFiles(from: string, to: string, names: readonly string[]): void {
  mkdirSync(to, { recursive: true });
  for (const name of names) cpSync(join(from, name), join(to, name));
}

/**
 * The service worker: caches the page's files, so that it opens without a network, and answers navigations with the page. It
 * never caches answers of the server (`/api`, `/__clerk`). `web/app` registers it, because the content policy forbids inline
 * scripts. A new version waits until the user reloads.
 */
function offlinePage(): PluginOption {
  return VitePWA({
    strategies: 'generateSW',
    registerType: 'prompt',
    injectRegister: null,
    manifest: {
      name: 'Edgewise',
      short_name: 'Edgewise',
      description: 'Group chat that runs on your own Cloudflare account.',
      start_url: '/',
      display: 'standalone',
      background_color: '#fdfcfb',
      theme_color: '#5b55d6',
      icons: [
        { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{html,js,css,svg}'],
      // The browser keeps what the service worker imports beside it.
      importScripts: ['/push-events.js'],
      globIgnores: ['assets/docs/**', 'push-events.js'],
      manifestTransforms: [withIntegrity],
      navigateFallback: 'index.html',
      navigateFallbackDenylist: [/^\/api\//, /^\/__clerk\//],
      clientsClaim: true,
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
    },
  });
}

/**
 * Adds the hash of each cached file. While a deployment spreads, the address of a missing file answers with the page; cached
 * under the name of that file it would break the page for good. HTML has no hash, because proxies may change it.
 */
const withIntegrity: ManifestTransform = (entries) => {
  const manifest = entries.map((entry) => {
    if (!entry.url.startsWith('assets/')) return entry;
    const hash = createHash('sha384')
      .update(readFileSync(join(OUT, entry.url)))
      .digest('base64');
    // A revision bypasses the browser's own cache: an answer from there that is being revalidated (stale-while-revalidate)
    // blocks the installation for ever.
    return { ...entry, revision: hash, integrity: `sha384-${hash}` };
  });
  return { manifest };
};

/** The parts whose code each first page loads, by the name that `first-paint.js` gives it. */
const FIRST_PARTS = {
  welcome: ['visitor-page'],
  frame: [SIGNED_IN],
  session: ['clerk-session'],
  account: ['account-page', 'clerk-interface'],
};

/** What follows the first frame of each group by itself: one file is smaller than many, 1 KiB together. */
const FOLLOWS =
  /web\/(?:app\/(?:after-first-frame|shortcuts\/group-shortcuts)|features\/(?:composer\/composer-tools|threads\/unread-badge|groups\/(?:share-group|list-options)|status\/lost-connection|conversation\/(?:message\/unsent-choice|actions\/row-keys))|realtime\/cache\/(?:changes-writer|write-group))\.tsx?$/;

/** The files that keep their names. The first load lists the address of each late file, and their names would add 0.3 KiB. */
const NAMED = ['clerk', ...Object.values(FIRST_PARTS).flat()];

/**
 * Writes the first screens into the HTML, so that they are painted before any code of the page runs, and the addresses of
 * the code of each first page, which `first-paint.js` loads early: one part would only be found when another has run.
 */
function firstScreen(): Plugin {
  return {
    name: 'edgewise:first-screen',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const code = Object.entries(FIRST_PARTS).map(
          ([page, parts]) => ` data-${page}="${filesOf(bundle, parts).join(' ')}"`,
        );
        return html
          .replace('<!--first-screen-->', renderToStaticMarkup(createElement(FirstScreen)))
          .replace('src="/first-paint.js"', (src) => src + code.join(''));
      },
    },
  };
}

/** The addresses of these parts, and of the files that they import. */
function filesOf(bundle: Rolldown.OutputBundle, parts: readonly string[]): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const files = new Set<string>();
  const add = ({ fileName, imports, isEntry }: Rolldown.OutputChunk) => {
    if (isEntry || files.has(fileName)) return;
    files.add(fileName);
    for (const it of chunks) if (imports.includes(it.fileName)) add(it);
  };
  for (const it of chunks) if (parts.includes(it.name)) add(it);
  return [...files].map((file) => `/${file}`);
}

/** Replaces the function that loads a part with its style sheets: the page has one, which the HTML links. */
function plainImports(): Plugin {
  return {
    name: 'edgewise:plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: (id) =>
      id === '\0vite/preload-helper.js'
        ? 'export const __vitePreload = (load) => load();'
        : undefined,
  };
}

/** Moves the inline scripts of development into files, because the content policy forbids inline scripts there, too. */
function noInlineScripts(): Plugin {
  const scripts: string[] = [];
  const path = /^\/@inline\/(\d+)\.js$/;
  return {
    name: 'edgewise:no-inline-scripts',
    apply: 'serve',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replaceAll(/<script type="module">([^<]+)<\/script>/g, (_, script: string) => {
          if (!scripts.includes(script)) scripts.push(script);
          return `<script type="module" src="/@inline/${scripts.indexOf(script)}.js"></script>`;
        }),
    },
    resolveId: (id) => (path.test(id) ? id : undefined),
    load: (id) => scripts[Number(path.exec(id)?.[1])],
  };
}

/** Runs the Worker beside the page as `npm start` does, but from its sources. */
async function localWorker(): Promise<Plugin[]> {
  const stateDir = process.env['STATE_DIR'] ?? join(ROOT, '.wrangler/state');
  const worker = readWorker('wrangler.local.toml');
  await migrateState(worker, stateDir);
  return cloudflare({
    configPath: join(ROOT, 'wrangler.local.toml'),
    persistState: { path: stateDir },
    inspectorPort: false,
    config: {
      vars: fromEnvironment(worker),
      // Source files of the page that only development serves; some of them are in a folder `api`.
      assets: { run_worker_first: ['!/api/*.ts'] },
    },
  });
}

/** Globals that every browser here has, or none, with their types in a page and in a worker. */
const GLOBALS = {
  AbortController: 'function',
  MessageChannel: 'function',
  WebSocket: 'function',
  clearTimeout: 'function',
  navigator: 'object',
  performance: 'object',
  process: 'undefined',
  queueMicrotask: 'function',
  reportError: 'function',
  setImmediate: 'undefined',
  setTimeout: 'function',
  // React's developer tools: they are for `npm run dev`.
  __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined',
};

/** What partysocket asks before it does what React Native and very old browsers need; HTML fixes the name of the product. */
const ANSWERS = {
  'globalThis.Event': 'true',
  'globalThis.EventTarget': 'true',
  'navigator.product': '"Gecko"',
};

/** Leaves out what React, its scheduler and partysocket do in old browsers and on servers: 1 KiB of the first load. */
function knownGlobals(): Record<string, string> {
  const types = Object.entries(GLOBALS).map(([name, type]) => [
    `typeof ${name}`,
    JSON.stringify(type),
  ]);
  return { ...Object.fromEntries(types), ...ANSWERS };
}

/** The page. A build writes static files (wrangler bundles the Worker); `serve` runs both on one port, with reloads. */
export default defineConfig(({ command }) => ({
  root: join(ROOT, 'web'),
  publicDir: command === 'serve' ? DEV_PUBLIC : 'public',
  plugins: [
    react(),
    tailwindcss(),
    ownAssets(),
    iconSprite(),
    plainImports(),
    firstScreen(),
    offlinePage(),
    noInlineScripts(),
    command === 'serve' && localWorker(),
  ],
  // React 19 has what this shim adds to older ones; the router imports it.
  resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
  define: command === 'build' ? knownGlobals() : {},
  // The worker that highlights code loads each language when it is needed.
  worker: { format: 'es' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2023',
    // Late parts are small, and the service worker has them: lists of what to load with each would enlarge the first load.
    modulePreload: false,
    cssCodeSplit: false,

    rolldownOptions: {
      // No module of ours or of our dependencies has an effect by reading a property or a global.
      treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
      // Constants that one module exports to another are written where they are used.
      optimization: { inlineConst: { mode: 'all', pass: 3 } },
      output: {
        // Only a `const` is replaced by its value, and most of our named constants are used once.
        topLevelVar: false,
        chunkFileNames: ({ name }) => `assets/${NAMED.includes(name) ? '[name]-' : ''}[hash].js`,
        codeSplitting: {
          groups: [
            // One file for what every page loads and one for a signed-in user's: modules that later parts share with them
            // would be files of their own, 4 KiB more.
            { name: 'page', tags: ['$initial'], priority: 2 },
            // A visitor's page shows people and icons, too, and must not load the file of a signed-in user for that.
            {
              name: 'avatar',
              test: /web\/ui\/(?:people\/avatar|controls\/sprite-icon)\.tsx$|icon-sprite$/,
              priority: 2,
            },
            // All pages, a visitor's too.
            { name: 'register', test: /web\/app\/register-service-worker\.ts$/, priority: 2 },
            { name: SIGNED_IN, test: /web\/app\/signed-in-page\.tsx$/, priority: 1 },
            { name: 'then', test: FOLLOWS, priority: 1 },
            // Loaded beside the page, with the dependencies that the page itself does not need.
            { name: 'clerk', test: /node_modules\/@clerk\// },
          ],
        },
      },
    },
  },
}));

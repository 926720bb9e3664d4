import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cloudflare } from '@cloudflare/vite-plugin';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ROOT = import.meta.dirname;

/** Where `npm run dev` has put what is served as it is: `web/public`, and Clerk's scripts beside it. */
const DEV_PUBLIC = join(ROOT, 'dist/dev');

/** The page of `/api/docs` loads these: they are served by us, because our policy allows no other host. */
function apiDocs(): Plugin {
  return {
    name: 'edgewise:api-docs',
    writeBundle: ({ dir }) => copyApiDocs(dir ?? ''),
    configResolved: ({ command }) => {
      if (command === 'serve') copyApiDocs(DEV_PUBLIC);
    },
  };
}

function copyApiDocs(folder: string): void {
  const target = join(folder, 'assets/docs');
  mkdirSync(target, { recursive: true });
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    cpSync(join(ROOT, 'node_modules/swagger-ui-dist', name), join(target, name));
  }
}

/** Makes files of what development puts into the page itself: the page's policy forbids inline scripts, here too. */
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

/** The page. A build makes static files (wrangler bundles the Worker itself); `serve` runs both on one port, reloading. */
export default defineConfig(({ command }) => ({
  root: join(ROOT, 'web'),
  publicDir: command === 'serve' ? DEV_PUBLIC : 'public',
  plugins: [
    react(),
    tailwindcss(),
    apiDocs(),
    noInlineScripts(),
    ...(command === 'serve'
      ? [
          cloudflare({
            configPath: join(ROOT, 'wrangler.local.toml'),
            persistState: { path: process.env['STATE_DIR'] ?? join(ROOT, '.wrangler/state') },
            inspectorPort: false,
            // Sources of the page, which only development serves as they are; some of them lie in a folder `api`.
            config: { assets: { run_worker_first: ['!/api/*.ts'] } },
          }),
        ]
      : []),
  ],
  build: {
    outDir: join(ROOT, 'dist/web'),
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2023',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Loaded beside the page: without React and whatever else the two share, which would come late with it.
          groups: [
            {
              name: 'clerk',
              test: /node_modules\/@clerk\//,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
}));

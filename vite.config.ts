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
    configureServer: () => copyApiDocs(DEV_PUBLIC),
  };
}

function copyApiDocs(folder: string): void {
  const target = join(folder, 'assets/docs');
  mkdirSync(target, { recursive: true });
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    cpSync(join(ROOT, 'node_modules/swagger-ui-dist', name), join(target, name));
  }
}

/** The page. A build makes static files (wrangler bundles the Worker itself); `serve` runs both on one port, reloading. */
export default defineConfig(({ command }) => ({
  root: join(ROOT, 'web'),
  publicDir: command === 'serve' ? DEV_PUBLIC : 'public',
  plugins: [
    react(),
    tailwindcss(),
    apiDocs(),
    ...(command === 'serve'
      ? [
          cloudflare({
            configPath: join(ROOT, 'wrangler.local.toml'),
            persistState: { path: process.env['STATE_DIR'] ?? join(ROOT, '.wrangler/state') },
            inspectorPort: false,
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

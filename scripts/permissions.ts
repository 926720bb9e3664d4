import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsTable } from './steps/permissions-table.ts';

// `npm run docs:permissions` writes the table of docs/permissions.md.

const PAGE = join(import.meta.dirname, '../docs/permissions.md');
const page = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  page.replace(
    /<!-- table -->[\s\S]*<!-- \/table -->/,
    `<!-- table -->\n\n${permissionsTable()}\n<!-- /table -->`,
  ),
);

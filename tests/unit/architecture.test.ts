import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations } from '../support/architecture.ts';

const ROOT = join(import.meta.dirname, '../..');

function sourcesOf(pattern: string): Map<string, string> {
  const files = globSync(pattern, { cwd: ROOT }).filter((path) => !path.endsWith('.d.ts'));
  return new Map(files.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

describe('the sources', () => {
  it('import one way, without circles, and features do not import each other', () => {
    const sources = sourcesOf('{protocol,worker,local,web}/**/*.{ts,tsx}');
    expect(sources.size).toBeGreaterThan(20);
    expect(findViolations(sources)).toEqual([]);
  });
});

describe('a violation of the architecture is found', () => {
  const planted: [sentence: string, path: string, source: string][] = [
    ['the contract importing the worker', 'protocol/ids.ts', "import '../worker/env.ts'"],
    ['the contract importing a package', 'protocol/ids.ts', "import { Hono } from 'hono'"],
    ['web importing worker', 'web/app/app.tsx', "import { Room } from '../../worker/room/room.ts'"],
    [
      'web importing a type of worker',
      'web/app/app.tsx',
      "import type { Env } from '../../worker/env.ts'",
    ],
    [
      'web loading worker when it runs',
      'web/app/app.tsx',
      "const it = import('../../worker/env.ts')",
    ],
    ['worker importing web', 'worker/app.ts', "export * from '../web/main.tsx'"],
    [
      'a room importing a route',
      'worker/room/room.ts',
      "import { x } from '../api/routes/groups.ts'",
    ],
    ['the directory importing a room', 'worker/directory/users.ts', "import '../room/room.ts'"],
    [
      'the rules of a room importing the directory',
      'worker/room/rules/conversation.ts',
      "import '../../directory/users.ts'",
    ],
    [
      'the deployed entry importing the stand-in',
      'worker/index.ts',
      "import '../local/clerk/local-clerk.ts'",
    ],
    [
      "a Room's rows importing its rules",
      'worker/room/rows/room-store.ts',
      "import type { Writer } from '../rules/writer.ts'",
    ],
    [
      "a Room's rules importing its sockets",
      'worker/room/rules/receipts.ts',
      "import { Connections } from '../sockets/connections.ts'",
    ],
    [
      'the replica importing what syncs it',
      'web/realtime/replica/group-replica.ts',
      "import { GroupSync } from '../sync/group-sync.ts'",
    ],
    [
      'an Upload importing the rules of a Room',
      'worker/upload/finish.ts',
      "import { files } from '../room/rules/files.ts'",
    ],
    ['a route using SQL', 'worker/api/routes/groups.ts', "import { eq } from 'drizzle-orm'"],
    [
      'a feature importing Clerk',
      'web/features/people/menu.tsx',
      "import { useUser } from '@clerk/react'",
    ],
    [
      'one feature importing another',
      'web/features/people/menu.tsx',
      "import '../timeline/row.tsx'",
    ],
    [
      'a feature importing the app',
      'web/features/people/menu.tsx',
      "import '../../app/routes.tsx'",
    ],
    [
      'a shared part importing the session',
      'web/ui/controls/button.tsx',
      "import '../../session/session.ts'",
    ],
    [
      'a feature importing what a live group is made of',
      'web/features/people/menu.tsx',
      "import '../../realtime/outbox/store.ts'",
    ],
    ['classic zod', 'worker/env.ts', "import { z } from 'zod'"],
  ];

  it.each(planted)('%s', (_sentence, path, source) => {
    expect(findViolations(new Map([[path, source]]))).toHaveLength(1);
  });

  it('a circle of three files', () => {
    const sources = new Map([
      ['worker/room/rows/a.ts', "import { b } from './b.ts'"],
      ['worker/room/rows/b.ts', "export { c } from './c.ts'"],
      ['worker/room/rows/c.ts', "import { a, type A } from './a.ts'"],
    ]);
    expect(findViolations(sources)).toEqual([
      'a circle: worker/room/rows/a.ts → worker/room/rows/b.ts → worker/room/rows/c.ts → worker/room/rows/a.ts',
    ]);
  });

  it('a circle of types alone', () => {
    const sources = new Map([
      ['worker/env.ts', "import type { Room } from './room/room.ts'"],
      ['worker/room/room.ts', "import { type Env } from '../env.ts'"],
    ]);
    expect(findViolations(sources)).toEqual([
      'a circle: worker/env.ts → worker/room/room.ts → worker/env.ts',
    ]);
  });
});

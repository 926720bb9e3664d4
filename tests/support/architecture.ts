import { importsOf } from './imports.ts';

/** What `from` must not import. Both patterns match paths from the repository, or names of packages. */
interface Rule {
  because: string;
  from: RegExp;
  to: RegExp;
  /** Files of `from` that may do it. */
  except?: RegExp;
}

/** The directions of docs/architecture.md. */
const RULES: readonly Rule[] = [
  {
    because: 'protocol is the contract: it imports nothing but the schema library',
    from: /^protocol\//,
    to: /^(?!protocol\/|zod\/mini$)/,
  },
  { because: 'web never imports worker', from: /^web\//, to: /^worker\// },
  { because: 'worker never imports web', from: /^worker\//, to: /^web\// },
  {
    because: 'schemas are written with zod/mini',
    from: /^/,
    to: /^zod$|^zod\/(?!mini$|v4\/locales\/)/,
  },
  {
    because: 'nothing imports api but the app that is built of it',
    from: /^worker\/(?!api\/)/,
    to: /^worker\/api\/(?!request\/app-env\.ts$)/,
    except: /^worker\/app\.ts$/,
  },
  {
    because: 'the directory stands below everything else',
    from: /^worker\/directory\//,
    to: /^worker\/(api|auth|room|files|ops|upload)\//,
  },
  {
    because: 'in a Room only its followers know the directory',
    from: /^worker\/room\//,
    to: /^worker\/directory\//,
    except: /^worker\/room\/followers\//,
  },
  {
    because: 'a Room does not know what is built around it',
    from: /^worker\/room\//,
    to: /^worker\/(files|ops|upload)\//,
  },
  {
    because: 'an Upload hands its file to a Room and an Inbox by their contracts',
    from: /^worker\/upload\//,
    to: /^worker\/(directory|files|ops|sockets)\/|^worker\/(room\/(?!room-(of|rpc)\.ts$)|inbox\/(?!inbox-(of|rpc)\.ts$))/,
  },
  {
    because: 'local is absent from what is deployed, and from the page',
    from: /^(protocol|worker|web)\//,
    to: /^local\//,
  },
  {
    because: 'SQL of the directory is written in the directory',
    from: /^worker\/(?!directory\/)/,
    to: /^drizzle-orm/,
  },
  {
    because: 'only web/session knows Clerk',
    from: /^web\/(?!session\/)/,
    to: /^@clerk\//,
  },
  {
    because: 'only web/api knows the cache of REST, which the signed-in page provides',
    from: /^web\/(?!api\/)/,
    to: /^@tanstack\//,
    except: /^web\/app\/signed-in-page\.tsx$/,
  },
  {
    because: 'features do not know the app around them',
    from: /^web\/(features|realtime|session|ui)\//,
    to: /^web\/(app\/|main\.tsx)/,
  },
  {
    because: 'what features build on does not know them',
    from: /^web\/(realtime|session|ui)\//,
    to: /^web\/features\//,
  },
  {
    because: 'of what is live the page knows the hook, what it can do and what it shows',
    from: /^web\/(?!realtime\/)/,
    to: /^web\/realtime\/(?!(use-live-group|live-groups|group-client|group-view|message|drafts|forgetting|uploads\/(uploads|upload-message|previews|group-picture)|inbox\/(open-inbox|apply-to-groups))\.ts$)/,
  },
  {
    because: 'shared components know nothing of chat',
    from: /^web\/ui\//,
    to: /^web\/(realtime|session)\//,
  },
];

/** The folders inside a folder, and its loose files without their ending: what each may import of the others. */
type Folders = Readonly<Record<string, readonly string[]>>;

/** `room.ts` is missing here, because the object itself connects all of them. */
const ROOM: Folders = {
  rows: [],
  sockets: [],
  'room-rpc': [],
  'room-of': ['room-rpc'],
  ephemeral: ['rows'],
  followers: ['rows'],
  rules: ['rows', 'room-rpc'],
  'open-group': ['rows', 'rules', 'ephemeral', 'followers', 'sockets'],
  frames: ['open-group', 'rules', 'ephemeral', 'rows', 'sockets', 'room-rpc'],
  'room-parts': ['frames', 'sockets'],
  admission: ['room-parts', 'open-group', 'frames', 'rules', 'sockets', 'room-rpc'],
  'restoring-group': ['admission', 'followers', 'rules', 'room-rpc'],
};

const REALTIME: Folders = {
  clock: [],
  watchers: [],
  message: [],
  'group-view': [],
  'group-client': ['group-view'],
  connection: ['clock', 'group-view'],
  replica: ['clock', 'connection', 'message'],
  cache: ['clock', 'replica'],
  drafts: ['cache'],
  uploads: ['cache', 'outbox'],
  forgetting: ['outbox'],
  outbox: ['clock', 'cache', 'message', 'replica'],
  signals: ['clock', 'cache', 'connection', 'replica'],
  inbox: ['clock', 'connection', 'signals'],
  sync: ['clock', 'connection', 'message', 'outbox', 'replica'],
  visit: ['group-view', 'message', 'replica', 'sync'],
  view: ['group-view', 'message', 'outbox', 'replica', 'signals', 'sync', 'visit'],
};

const DIVIDED: readonly [folder: string, folders: Folders][] = [
  ['worker/room', ROOM],
  ['web/realtime', REALTIME],
];

/** The one feature that others may import: threads and pins show its messages. It imports no other feature itself. */
const CONVERSATION = 'conversation';

/**
 * Checks the imports of these sources (path from the repository → text). Returns a sentence for each one that goes against
 * the direction, from one feature into another, or in a circle.
 */
export function findViolations(sources: ReadonlyMap<string, string>): string[] {
  const imports = new Map([...sources].map(([path, text]) => [path, importsOf(path, text)]));
  return [
    ...[...imports].flatMap(([path, its]) =>
      its.flatMap((to) => [...brokenBy(path, to), ...outOfFolder(path, to)]),
    ),
    ...circles(imports),
  ];
}

function brokenBy(from: string, to: string): string[] {
  const broken = RULES.filter(
    (rule) => rule.from.test(from) && rule.to.test(to) && !rule.except?.test(from),
  ).map((rule) => `${from} imports ${to}: ${rule.because}`);
  const [mine, theirs] = [featureOf(from), featureOf(to)];
  const isOfAnother = mine !== undefined && theirs !== undefined && mine !== theirs;
  if (isOfAnother && theirs !== CONVERSATION) {
    broken.push(`${from} imports ${to}: features do not know each other`);
  }
  return broken;
}

/** An import from one folder of a divided one into another that it may not know. */
function outOfFolder(from: string, to: string): string[] {
  return DIVIDED.flatMap(([folder, folders]) => {
    const [mine, theirs] = [partIn(folder, from), partIn(folder, to)];
    if (mine === undefined || theirs === undefined || mine === theirs) return [];
    const known = folders[mine];
    if (known === undefined || known.includes(theirs)) return [];
    return [`${from} imports ${to}: in ${folder}, ${mine} does not know ${theirs}`];
  });
}

function partIn(folder: string, path: string): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  return path
    .slice(folder.length + 1)
    .split('/', 1)[0]
    ?.replace(/\.tsx?$/, '');
}

function featureOf(path: string): string | undefined {
  return /^web\/features\/([^/]+)\//.exec(path)?.[1];
}

/** Finds each circle once. An import of types counts, because a reader of one file needs the other. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) found.push(`a circle: ${[...trail.slice(seenAt), path].join(' → ')}`);
    if (seenAt >= 0 || done.has(path)) return;
    for (const to of imports.get(path) ?? []) {
      visit(to, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

import { type Import, importsOf } from './imports.ts';

/** Who must not import what. Both are matched against paths from the repository, or names of packages. */
interface Rule {
  because: string;
  from: RegExp;
  to: RegExp;
  /** Files of `from` that the rule is not about. */
  except?: RegExp;
}

/** The directions of docs/architecture.md, as what would break them. */
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
    to: /^worker\/api\/(?!app-env\.ts$)/,
    except: /^worker\/app\.ts$/,
  },
  {
    because: 'the directory stands below everything else',
    from: /^worker\/directory\//,
    to: /^worker\/(api|auth|room|files|ops|local-clerk)\//,
  },
  {
    because: 'in a Room only the followers of its archive know the directory',
    from: /^worker\/room\//,
    to: /^worker\/directory\//,
    except: /^worker\/room\/(archive|load)[a-z-]*\.ts$/,
  },
  {
    because: 'a Room does not know what is built around it',
    from: /^worker\/room\//,
    to: /^worker\/(files|ops)\//,
  },
  {
    because: 'the stand-in for Clerk must be absent from what is deployed',
    from: /^worker\/(?!local-clerk\/|local\.ts$)/,
    to: /^worker\/(local-clerk\/|local\.ts$)/,
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
    because: 'features do not know the app around them',
    from: /^web\/(features|realtime|session|ui)\//,
    to: /^web\/(app\/|main\.tsx)/,
  },
  {
    because: 'what features are made of does not know them',
    from: /^web\/(realtime|session|ui)\//,
    to: /^web\/features\//,
  },
  {
    because: 'shared parts are dumb',
    from: /^web\/ui\//,
    to: /^web\/(realtime|session)\//,
  },
];

/** Rows, lists and Markdown of messages: what threads and pins are made of, too. It knows no other feature itself. */
const CONVERSATION = 'conversation';

/**
 * What in these sources (path from the repository → text) breaks the architecture, a sentence each: an import against
 * the direction, from one feature into another, or in a circle.
 */
export function findViolations(sources: ReadonlyMap<string, string>): string[] {
  const imports = new Map([...sources].map(([path, text]) => [path, importsOf(path, text)]));
  return [
    ...[...imports].flatMap(([path, its]) => its.flatMap(({ to }) => brokenBy(path, to))),
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

function featureOf(path: string): string | undefined {
  return /^web\/features\/([^/]+)\//.exec(path)?.[1];
}

/** Every circle once, from where it was met first. Types are no circle: they are gone when the program runs. */
function circles(imports: ReadonlyMap<string, readonly Import[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) found.push(`a circle: ${[...trail.slice(seenAt), path].join(' → ')}`);
    if (seenAt >= 0 || done.has(path)) return;
    for (const { to, typeOnly } of imports.get(path) ?? []) {
      if (!typeOnly) visit(to, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { type Edgewise, type EdgewiseOptions, startEdgewise } from './edgewise.ts';
import type { Person } from './person.ts';

/** `people('Ada', 'Grace')` gives `{ ada, grace }`. */
type People<Name extends string> = { [Each in Name as Uncapitalize<Each>]: Person };

/** An Edgewise that all tests of a suite use. */
export interface SharedEdgewise extends Edgewise {
  /** Signs these demo people in before the first test of the suite. */
  people<Name extends string>(...names: Name[]): People<Name>;
}

/**
 * Starts an Edgewise before the first test of the suite that calls this, and closes it after the last. Its properties, and
 * those of its people, exist only while hooks and tests run; reading one earlier throws.
 */
export function sharedEdgewise(options?: EdgewiseOptions): SharedEdgewise {
  let edgewise: Edgewise | undefined;
  beforeAll(async () => {
    edgewise = await startEdgewise(options);
  });
  afterAll(() => edgewise?.close());
  const shared = readLater('Edgewise', () => edgewise);
  return Object.assign(shared, {
    people<Name extends string>(...names: Name[]): People<Name> {
      const signedIn = new Map<string, Person>();
      beforeAll(async () => {
        const people = await Promise.all(names.map((name) => shared.signIn(name)));
        for (const person of people) signedIn.set(person.name, person);
      });
      const entries = names.map((name) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        readLater(name, () => signedIn.get(name)),
      ]);
      return Object.fromEntries(entries);
    },
  });
}

/** Starts an Edgewise for the test that calls this, and closes it when the test is over. */
export async function edgewiseOfTest(options?: EdgewiseOptions): Promise<Edgewise> {
  const edgewise = await startEdgewise(options);
  onTestFinished(() => edgewise.close());
  return edgewise;
}

/**
 * Describes a behaviour of the Room twice: with what the Room has in memory, and after eviction with its sockets hibernated.
 * The tests await `maybeEvict(groupId)` at each point where the two could differ.
 */
export function describeWarmAndEvicted(
  edgewise: Edgewise,
  name: string,
  tests: (maybeEvict: (groupId: string) => Promise<void>) => void,
): void {
  describe(`${name}, warm,`, () => tests(async () => undefined));
  describe(`${name}, after eviction,`, () => tests((groupId) => edgewise.evictRoom(groupId)));
}

/** Stands for an object that a hook makes later; reading a property before throws. */
function readLater<T extends object>(what: string, made: () => T | undefined): T {
  return new Proxy({} as T, {
    get(own, key) {
      if (key in own) return Reflect.get(own, key);
      const object = made();
      if (object === undefined) throw new Error(`${what} exists only while hooks and tests run`);
      return Reflect.get(object, key);
    },
  });
}

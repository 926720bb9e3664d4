import { type Person, signIn } from '../support/person.ts';
import { inTurns } from './in-turns.ts';

/** Signs people in and has the directory know them: only then can they be added to a group. */
export function gatherPeople(url: string, names: readonly string[]): Promise<Person[]> {
  return inTurns(names, async (name) => {
    const person = await signIn(url, name);
    await person.api('GET', '/api/users/me');
    return person;
  });
}

/** The same for this many people, "<name> 0" and so on. */
export function gatherMany(url: string, count: number, name = 'Person'): Promise<Person[]> {
  return gatherPeople(
    url,
    Array.from({ length: count }, (_, at) => `${name} ${at}`),
  );
}

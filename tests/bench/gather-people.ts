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

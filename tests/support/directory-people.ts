import type { Edgewise } from './edgewise.ts';
import type { Person } from './person.ts';

/** Adds people to the directory, where groups and searches find them: a user enters it with their first request. */
export async function enterDirectory(people: readonly Person[]): Promise<void> {
  for (const person of people) await person.api('GET', '/api/users/me');
}

/** Signs in a user whom the directory has as deactivated. */
export async function deactivatedPerson(edgewise: Edgewise): Promise<Person> {
  const gone = await edgewise.signIn('Gone');
  await enterDirectory([gone]);
  await edgewise.db
    .prepare('UPDATE users SET deactivated_at = 1 WHERE id = ?')
    .bind(gone.userId)
    .run();
  return gone;
}

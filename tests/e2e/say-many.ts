import type { Person } from '../support/person.ts';

/** Requests in flight at a time; one at a time would take a minute. */
const AT_ONCE = 10;

/** Sends "line 1" to "line <count>", of different heights, roughly in order and the last one last. */
export async function sayMany(person: Person, groupId: string, count: number): Promise<void> {
  const say = async (line: number) => {
    const content = `line ${line}\n\n${'and on it goes '.repeat((line * 7) % 30)}`;
    await person.post(groupId, content);
  };
  const lines = Array.from({ length: count - 1 }, (_, index) => index + 1);
  while (lines.length > 0) await Promise.all(lines.splice(0, AT_ONCE).map(say));
  await say(count);
}

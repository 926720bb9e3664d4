import type { WritingPeople } from './writing-people.ts';

/** More than this are asked about before they are all told (behaviour: "Composer"). */
const ASK_BEYOND = 10;

/** How many people a message tells at once by `@all` or `@here`, if that is so many that it should be asked first. */
export function reachToAsk(content: string, { reach }: WritingPeople): number | undefined {
  const people = Math.max(
    content.includes('<@all>') ? reach.all : 0,
    content.includes('<@here>') ? reach.here : 0,
  );
  return people > ASK_BEYOND ? people : undefined;
}

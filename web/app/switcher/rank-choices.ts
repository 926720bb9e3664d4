import { matchSorter, rankings } from 'match-sorter';
import { nameOf } from '../../features/groups/by-name.ts';
import type { Choice } from './choice.ts';

/** More would not be read. */
const SHOWN = 40;

/**
 * The choices that a text finds, the best first: equal names, then names and handles that begin with it, words that begin with
 * it, parts of words, initials, and letters in this order. Equally good ones stay in their order. Case and marks over and
 * under letters do not matter.
 */
export function rankChoices(choices: readonly Choice[], text: string): Choice[] {
  const asked = plain(text.trim().replace(/^[@#]/, ''));
  if (asked === '') return [];
  const found = matchSorter(choices, asked, {
    keys: [
      (choice) => namesOf(choice).map(plain),
      // A conversation of several people comes after the one with the person whose name it is.
      { key: (choice) => partsOf(choice).map(plain), maxRanking: rankings.WORD_STARTS_WITH },
      // Commands are found by the beginnings of their words: letters anywhere would find all of them.
      { key: (choice) => wordsOf(choice).map(plain), threshold: rankings.WORD_STARTS_WITH },
    ],
    baseSort: (a, b) => a.index - b.index,
  });
  return found.slice(0, SHOWN);
}

function namesOf(choice: Choice): string[] {
  switch (choice.type) {
    case 'mine': {
      const { people = [] } = choice.listed;
      const [only] = people;
      return people.length === 1 && only ? [only.name, only.handle] : [nameOf(choice.listed)];
    }
    case 'person':
      return [choice.person.name, choice.person.handle];
    case 'public':
      return [choice.group.name];
    case 'command':
      return [];
  }
}

function partsOf(choice: Choice): string[] {
  if (choice.type !== 'mine') return [];
  return (choice.listed.people ?? []).flatMap(({ name, handle }) => [name, handle]);
}

function wordsOf(choice: Choice): string[] {
  return choice.type === 'command' ? [choice.command.name, ...(choice.command.words ?? [])] : [];
}

/**
 * A text without case and without the marks of its letters: é as e, й as и, ß as ss. Hangul falls into its letters, so that half
 * a syllable finds it.
 */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().toLowerCase();
}

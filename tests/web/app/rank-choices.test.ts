import { Plus } from 'lucide-react';
import { expect, test } from 'vitest';
import type { Group, User } from '../../../protocol/models.ts';
import { type Choice, keyOf } from '../../../web/app/switcher/choice.ts';
import { rankChoices } from '../../../web/app/switcher/rank-choices.ts';
import { listedGroup } from '../../../web/features/groups/listed-group.ts';
import { ADA, stateAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

const MOMENT = { now: 0, arriving: undefined };

function person(name: string, handle = name.toLowerCase()): User {
  return { ...ADA, id: name, name, handle };
}

function mine(name: string): Choice {
  return { type: 'mine', listed: listedGroup(entryOf({}, { id: name, name }), MOMENT) };
}

function direct(...people: User[]): Choice {
  const id = people.map((it) => it.name).join('+');
  const entry = entryOf({ people }, { id, name: '', kind: 'direct' });
  return { type: 'mine', listed: listedGroup(entry, MOMENT) };
}

function publicGroup(name: string): Choice {
  const group: Group = { ...stateAt(1).group, id: `public ${name}`, name };
  return { type: 'public', group };
}

function command(name: string, ...words: string[]): Choice {
  return { type: 'command', command: { name, words, Icon: Plus, run: () => undefined } };
}

const CHOICES: readonly Choice[] = [
  mine('Kitchen'),
  mine('Engine room'),
  mine('Old engines'),
  mine('Engineering'),
  mine('Café Größe'),
  mine('Утренний чай'),
  mine('日本語の部屋'),
  mine('Łódź'),
  mine('한국어'),
  mine('غرفة'),
  direct(person('Grace'), person('Margaret')),
  direct(person('Margaret')),
  { type: 'person', person: person('José', 'pepe') },
  { type: 'person', person: person('Åsa') },
  publicGroup('Engine spotters'),
  command('Create a group', 'New group'),
  command('Dark theme', 'Toggle theme'),
];

const TABLE: readonly [why: string, text: string, first: readonly string[]][] = [
  ['an equal name', 'engineering', ['Engineering']],
  [
    'names that begin with it, then a word that does',
    'engine',
    ['Engine room', 'Engineering', 'public Engine spotters', 'Old engines'],
  ],
  ['initials', 'oe', ['Old engines']],
  ['letters in this order', 'ktcn', ['Kitchen']],
  ['no difference of case', 'KITCH', ['Kitchen']],
  ['no difference of marks', 'cafe', ['Café Größe']],
  ['marks that the name does not have', 'kítchèn', ['Kitchen']],
  ['a decomposed accent', 'cafe\u0301', ['Café Größe']],
  ['ß as ss', 'grosse', ['Café Größe']],
  ['letters with a stroke', 'lodz', ['Łódź']],
  ['Cyrillic, and й as и', 'УТРЕННИИ', ['Утренний чай']],
  ['the middle of Japanese', '部屋', ['日本語の部屋']],
  ['half a syllable of Korean', '하', ['한국어']],
  ['Arabic', 'غر', ['غرفة']],
  ['a person before a group of several', 'marg', ['Margaret', 'Grace+Margaret']],
  ['one of several people', 'grace', ['Grace+Margaret']],
  ['a name without its accent', 'jose', ['José']],
  ['a handle', '@pepe', ['José']],
  ['a ring', 'asa', ['Åsa']],
  ['the sign of a group', '#kitchen', ['Kitchen']],
  ['spaces around it', '  kitchen ', ['Kitchen']],
  ['a command by a word of it', 'group', ['Create a group']],
  ['a command by another word', 'toggle', ['Dark theme']],
];

test.each(TABLE)('finds %s: %s', (_, text, first) => {
  const found = rankChoices(CHOICES, text).map(keyOf);
  expect(found.slice(0, first.length)).toEqual(first);
});

test('finds no command by letters anywhere in it', () => {
  expect(rankChoices(CHOICES, 'ctg').map(keyOf)).not.toContain('Create a group');
});

test.each(['zzz', '', '  ', '@'])('finds nothing for “%s”', (text) => {
  expect(rankChoices(CHOICES, text)).toEqual([]);
});

test('equally good choices stay in their order, and few of many are shown', () => {
  const many = Array.from({ length: 500 }, (_, index) => mine(`Team ${index}`));
  const found = rankChoices(many, 'team').map(keyOf);
  expect(found.slice(0, 3)).toEqual(['Team 0', 'Team 1', 'Team 2']);
  expect(found.length).toBeLessThanOrEqual(50);
});

import type { LucideIcon } from 'lucide-react';
import type { Group, User } from '../../../protocol/models.ts';
import type { ListedGroup } from '../../features/groups/listed-group.ts';

/** Something that the page can do. */
export interface Command {
  name: string;
  /** Other words by which it is found. */
  words?: readonly string[];
  Icon: LucideIcon;
  run(): void;
}

/** What the switcher leads to: a group of mine, a person, a public group that I am not in, or a command. */
export type Choice =
  | { type: 'mine'; listed: ListedGroup }
  | { type: 'person'; person: User }
  | { type: 'public'; group: Group }
  | { type: 'command'; command: Command };

/** A key that no other choice has. */
export function keyOf(choice: Choice): string {
  switch (choice.type) {
    case 'mine':
      return choice.listed.group.id;
    case 'person':
      return choice.person.id;
    case 'public':
      return choice.group.id;
    case 'command':
      return choice.command.name;
  }
}

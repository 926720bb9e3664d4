import { createContext } from 'react';
import type { User } from '../../../protocol/models.ts';

/** The people that messages name. */
export interface KnownPeople {
  /** My user id. */
  me: string;
  userOf(userId: string): User | undefined;
}

/** Provided around each group, because the text of a message is many levels below it. */
export const PeopleContext = createContext<KnownPeople>({ me: '', userOf: () => undefined });

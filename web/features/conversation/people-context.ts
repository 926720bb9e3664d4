import { createContext } from 'react';
import type { User } from '../../../protocol/models.ts';

/** Who is who, for names inside of messages. */
export interface KnownPeople {
  /** My user id. */
  me: string;
  userOf(userId: string): User | undefined;
}

/** The people of the group that is shown: given once around it, because a message's text is far below. */
export const PeopleContext = createContext<KnownPeople>({ me: '', userOf: () => undefined });

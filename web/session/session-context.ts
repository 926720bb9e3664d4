import { createContext } from 'react';
import type { Session } from './session.ts';

/** The session of the page; before it is known, `loading`. */
export const SessionContext = createContext<Session>({ state: 'loading' });

import { type ComponentType, createContext } from 'react';
import type { Message } from '../../../protocol/models.ts';

/** What a field for a message's text needs: the message, and whom to tell when it was saved or left as it was. */
export interface EditFormProps {
  message: Message;
  onDone: () => void;
}

/** Shows a message as a field. Given around every list, because it is made of what the composer is made of. */
export const EditFormContext = createContext<ComponentType<EditFormProps> | undefined>(undefined);

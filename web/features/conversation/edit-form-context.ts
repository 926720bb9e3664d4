import { type ComponentType, createContext } from 'react';
import type { Message } from '../../../protocol/models.ts';

/** The props of the form that edits a message; `onDone` is called after saving and after cancelling. */
export interface EditFormProps {
  message: Message;
  onDone: () => void;
}

/** The form that edits a message. The app provides it, because it belongs to another feature, the composer. */
export const EditFormContext = createContext<ComponentType<EditFormProps> | undefined>(undefined);

import type { SkinTone } from 'frimousse';
import { useState } from 'react';
import * as z from 'zod/mini';
import { localName } from '../../../session/local-names.ts';

const NAME = 'skin-tone';
const Stored = z.literal(['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark']);

/** The skin tone of a user's emoji on this machine, and a function that changes it. */
export function useStoredSkinTone(userId: string): [SkinTone, (tone: SkinTone) => void] {
  const [tone, setTone] = useState(() => read(userId));
  return [
    tone,
    (changed) => {
      setTone(changed);
      store(userId, changed);
    },
  ];
}

function read(userId: string): SkinTone {
  try {
    return Stored.parse(localStorage.getItem(localName(NAME, userId)));
  } catch {
    return 'none';
  }
}

function store(userId: string, tone: SkinTone): void {
  try {
    localStorage.setItem(localName(NAME, userId), tone);
  } catch (error) {
    console.warn('The skin tone could not be remembered:', error);
  }
}

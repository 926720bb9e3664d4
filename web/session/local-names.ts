/** The key of a person's value in `localStorage`. It includes their id, so that the next person does not see it. */
export function localName(what: string, userId: string): string {
  return `edgewise.${what}.${userId}`;
}

/** Deletes a person's values from `localStorage`. Where storage is refused, nothing was stored. */
export function eraseLocalNames(userId: string): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith('edgewise.') && name.endsWith(`.${userId}`))
        localStorage.removeItem(name);
    }
  } catch (error) {
    console.warn('Local data could not be deleted:', error);
  }
}

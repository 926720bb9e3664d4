/** The name under which `localStorage` keeps something of a person: by their id, so that nobody else meets it. */
export function keptName(what: string, userId: string): string {
  return `edgewise.${what}.${userId}`;
}

/** Deletes all that is kept of a person there. Does nothing where storage is refused: then nothing is kept. */
export function eraseKept(userId: string): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith('edgewise.') && name.endsWith(`.${userId}`))
        localStorage.removeItem(name);
    }
  } catch (error) {
    console.warn('What this browser keeps could not be deleted:', error);
  }
}

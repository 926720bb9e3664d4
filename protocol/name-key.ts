/** A name as it is looked up and ordered: without accents and capitals, so that "jose" finds José. */
export function nameKey(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

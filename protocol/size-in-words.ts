const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const STEP = 1000;

/** A number of bytes for people, in decimal units with at most one digit after the point: "1 byte", "4.2 MB", "10 GB". */
export function sizeInWords(bytes: number): string {
  if (bytes === 1) return '1 byte';
  let value = bytes;
  let unit = 0;
  // What would be rounded to 1000 is 1 of the next unit.
  while (Math.round(value * 10) / 10 >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${Math.round(value * 10) / 10} ${UNITS[unit] ?? ''}`;
}

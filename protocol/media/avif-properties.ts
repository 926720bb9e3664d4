import type { Facts } from './facts.ts';
import { Fields } from './fields.ts';
import { type Inner, innerBoxes, overwrite } from './inner-boxes.ts';
import { broken } from './media-error.ts';

/**
 * Reads the sizes of all pictures of an AVIF and of the one that is shown, `primary`, and empties in `meta` what describes them
 * in words. `properties` is the box `iprp`.
 */
export function readProperties(
  meta: Uint8Array,
  properties: Inner,
  primary: number | undefined,
  facts: Facts,
): void {
  const parts = innerBoxes(meta, properties.start, properties.end);
  const container = parts.find(({ type }) => type === 'ipco');
  if (!container) throw broken();
  const all = innerBoxes(meta, container.start, container.end);
  const mine = parts
    .filter(({ type }) => type === 'ipma')
    .flatMap((box) => propertiesOf(meta, box, primary))
    .flatMap((index) => all[index - 1] ?? []);
  const turn = mine.find(({ type }) => type === 'irot');
  if (turn && new Fields(meta, turn.start).u8() % 2 === 1) facts.orientation = 6;
  const sized = mine.find(({ type }) => type === 'ispe');
  if (!sized) throw broken();
  facts.picture(...sizeOf(meta, sized));
  for (const box of all) {
    if (box.type === 'ispe') facts.covers(...sizeOf(meta, box));
    if (box.type !== 'udes' && box.type !== 'uuid') continue;
    overwrite(
      meta,
      { start: box.start, length: box.end - box.start, content: new Uint8Array(0), kind: 'text' },
      facts,
    );
  }
}

function sizeOf(meta: Uint8Array, { start }: Inner): [width: number, height: number] {
  const fields = new Fields(meta, start + 4);
  return [fields.u32(), fields.u32()];
}

/** The properties of an item, counted from 1. */
function propertiesOf(meta: Uint8Array, box: Inner, item: number | undefined): number[] {
  const fields = new Fields(meta, box.start);
  const versionAndFlags = fields.u32();
  const isLong = (versionAndFlags & 1) === 1;
  const found: number[] = [];
  for (let left = fields.u32(); left > 0; left -= 1) {
    const of = versionAndFlags >>> 24 === 0 ? fields.u16() : fields.u32();
    for (let more = fields.u8(); more > 0; more -= 1) {
      const index = isLong ? fields.u16() & 0x7fff : fields.u8() & 0x7f;
      if (of === item) found.push(index);
    }
  }
  return found;
}

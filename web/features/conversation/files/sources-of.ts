import { VARIANT_WIDTHS } from '../../../../protocol/limits.ts';
import type { FileReference } from '../../../../protocol/models.ts';

/** The sources of a picture for an `<img>`: its variants up to its own width, and itself if it is not larger than those. */
export function sourcesOf({ url, metadata: { width = 0 } }: FileReference) {
  const variants = VARIANT_WIDTHS.filter((it) => it < width).map((it) => `${url}?w=${it} ${it}w`);
  const isLarge = width > (VARIANT_WIDTHS.at(-1) ?? 0);
  return {
    src: width > 640 ? `${url}?w=640` : url,
    srcSet: [...variants, ...(isLarge || width === 0 ? [] : [`${url} ${width}w`])].join(', '),
  };
}

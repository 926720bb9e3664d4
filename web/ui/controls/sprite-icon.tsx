import type { LucideIcon, LucideProps } from 'lucide-react';

/** An icon whose shape lies in a file beside the scripts: what a path looks like is no JavaScript (see `scripts/steps/icon-sprite.mjs`). */
export function spriteIcon(href: string): LucideIcon {
  function SpriteIcon({ size = 24, absoluteStrokeWidth: _, ...props }: LucideProps) {
    return (
      // biome-ignore lint/a11y/noSvgWithoutTitle: whoever uses it names it by `aria-label`, or it is hidden.
      <svg
        aria-hidden={props['aria-label'] === undefined ? 'true' : undefined}
        fill="none"
        height={size}
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth={2}
        viewBox="0 0 24 24"
        width={size}
        {...props}
      >
        <use href={href} />
      </svg>
    );
  }
  return SpriteIcon as LucideIcon;
}

import type { LucideIcon, LucideProps } from 'lucide-react';

/** Returns the component of an icon of the sprite that `scripts/steps/icon-sprite.mjs` builds. */
export function spriteIcon(href: string): LucideIcon {
  function SpriteIcon({ size = 24, absoluteStrokeWidth: _, ...props }: LucideProps) {
    return (
      // biome-ignore lint/a11y/noSvgWithoutTitle: an `aria-label` names it, or it is hidden.
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

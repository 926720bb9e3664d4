/** Where the flags of an extended WebP are, and the bit for an animation (RFC 9649, section 2.7.1). */
const WEBP_FLAGS_AT = 20;
const WEBP_ANIMATION = 0b10;

/** Whether a WebP, PNG or AVIF picture with these first bytes moves. */
export function isAnimated(head: Uint8Array): boolean {
  // Every byte becomes one character.
  const text = new TextDecoder('latin1').decode(head);
  if (text.startsWith('RIFF') && text.slice(8, 16) === 'WEBPVP8X') {
    return ((head[WEBP_FLAGS_AT] ?? 0) & WEBP_ANIMATION) !== 0;
  }
  if (text.startsWith('\x89PNG')) {
    // The chunk that makes an animation comes before the pixels (PNG, third edition, section 11.3.6).
    const pixelsAt = text.indexOf('IDAT');
    const animationAt = text.indexOf('acTL');
    return animationAt >= 0 && (pixelsAt < 0 || animationAt < pixelsAt);
  }
  return text.slice(4, 12) === 'ftypavis';
}

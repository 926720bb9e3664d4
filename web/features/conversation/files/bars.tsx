/** The height and the distance of bars, in units of the drawing, which fills its box. */
const HEIGHT = 32;
const STEP = 4;
/** Silence is a dot. */
const LOWEST = 0.06;

/** A waveform: a bar for each peak (0 to 1). It fills its parent in the present colour. */
export function Bars({ peaks, clip }: { peaks: readonly number[]; clip?: string }) {
  const path = peaks.map((peak, n) => {
    const height = HEIGHT * Math.max(LOWEST, peak);
    return `M${(n + 0.5) * STEP} ${((HEIGHT - height) / 2).toFixed(1)}v${height.toFixed(1)}`;
  });
  return (
    <svg
      aria-hidden="true"
      className="size-full transition-[clip-path] duration-200 ease-linear motion-reduce:transition-none"
      preserveAspectRatio="none"
      style={clip === undefined ? undefined : { clipPath: clip }}
      viewBox={`0 0 ${peaks.length * STEP} ${HEIGHT}`}
    >
      <path
        d={path.join('')}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

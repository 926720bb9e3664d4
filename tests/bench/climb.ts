import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isHeld, type Step, StepResult } from './step.ts';

/** How the rate is raised. */
export interface Climb {
  from: number;
  /** Each rate is this multiple of the one before. */
  factor: number;
  /** The highest rate, if a server holds them all. */
  upTo: number;
  warmUpMs: number;
  measureMs: number;
  /** The retries of a rate that was not held: other work on the machine can spoil a step. */
  retries: number;
}

/** A rate and its result. */
export interface Rung {
  rate: number;
  held: boolean;
  result: StepResult;
}

/** Raises the rate until it is not held; returns every rung, the last being the one that failed. */
export async function climb(
  target: Pick<Step, 'target' | 'url'>,
  how: Climb,
  tell: (rung: Rung) => void,
): Promise<Rung[]> {
  const rungs: Rung[] = [];
  let retries = how.retries;
  for (let rate = how.from; rate <= how.upTo; ) {
    const { warmUpMs, measureMs } = how;
    const result = await runStep({ ...target, rate: Math.round(rate), warmUpMs, measureMs });
    const rung = { rate: Math.round(rate), held: isHeld(result), result };
    rungs.push(rung);
    tell(rung);
    if (rung.held) rate *= how.factor;
    else if (retries-- <= 0) break;
  }
  return rungs;
}

/** The highest rung that was held; undefined if none was. */
export function highestHeld(rungs: readonly Rung[]): Rung | undefined {
  return rungs.filter((rung) => rung.held).at(-1);
}

/** Runs at these rates, whether or not they are held. */
export async function atRates(
  target: Pick<Step, 'target' | 'url'>,
  rates: readonly number[],
  { warmUpMs, measureMs }: Climb,
  tell: (rung: Rung) => void,
): Promise<void> {
  for (const rate of rates) {
    const result = await runStep({ ...target, rate, warmUpMs, measureMs });
    tell({ rate, held: isHeld(result), result });
  }
}

async function runStep(step: Step): Promise<StepResult> {
  const generator = join(import.meta.dirname, 'load-generator.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [generator, JSON.stringify(step)]);
  return StepResult.parse(JSON.parse(stdout));
}

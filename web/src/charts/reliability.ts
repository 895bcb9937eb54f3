// Places of a picture of reliability: what was forecast along, what happened upwards, both 0 to 1. Along begins where the
// line of text begins.
import type { ReliabilityBin } from '$/api/early_warning';
import { fromLeft, linear, type Reading } from './scale';

export interface ReliabilityPoint {
  x: number;
  y: number;
  radius: number;
  bin: FilledBin;
}

export interface Frame {
  width: number;
  height: number;
  start: number; // room at the start of the line, for numbers
  end: number;
  top: number;
  bottom: number;
}

export const along = (frame: Frame, reading: Reading) => {
  const scale = linear([0, 1], [frame.start, frame.width - frame.end]);
  return (value: number) => fromLeft(scale(value), frame.width, reading);
};
export const upward = (frame: Frame) => linear([0, 1], [frame.height - frame.bottom, frame.top]);

export type FilledBin = ReliabilityBin & { probability: number; happened: number };
const isFilled = (bin: ReliabilityBin): bin is FilledBin =>
  bin.count > 0 && bin.probability !== null && bin.happened !== null;

// Circles by the number of cases, the area as the root of it: bins of quiet months hold a thousand times more than those
// that matter.
export function reliabilityPlaces(
  bins: readonly ReliabilityBin[],
  frame: Frame,
  reading: Reading,
  radius: { min: number; max: number }
): ReliabilityPoint[] {
  const filled = bins.filter(isFilled);
  const most = Math.max(1, ...filled.map((bin) => bin.count));
  const x = along(frame, reading);
  const y = upward(frame);
  return filled.map((bin) => ({
    x: x(bin.probability),
    y: y(bin.happened),
    radius: radius.min + (radius.max - radius.min) * (bin.count / most) ** 0.25,
    bin
  }));
}

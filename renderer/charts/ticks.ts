/** How an axis counts: whole things, seconds of time, or plain numbers. */
export type Scale = 'whole' | 'time' | 'plain'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** What people count time in. s */
const timeSteps = [
  { unit: 1, counts: [1, 2, 5, 10, 15, 30] },
  { unit: minute, counts: [1, 2, 5, 10, 15, 30] },
  { unit: hour, counts: [1, 2, 3, 6, 12] },
  { unit: day, counts: [1, 2, 5, 10, 20, 50, 100, 200] },
].flatMap(({ unit, counts }) => counts.map(count => count * unit))

const most = 5

/** 1, 2 or 5 times a power of ten: the smallest that is no less than `least`. */
function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return (([1, 2, 5] as const).find(times => times * power >= least * 0.999999) ?? 10) * power
}

function stepOf(max: number, scale: Scale): number {
  const least = max / most
  switch (scale) {
    case 'time':
      return max < 1 ? decimalStep(least) : (timeSteps.find(step => step >= least) ?? decimalStep(least / day) * day)
    case 'whole':
      return Math.max(1, decimalStep(least))
    case 'plain':
      return decimalStep(least)
  }
}

/** Where an axis from zero to a value is marked: five steps at most, the last at or above it. Seconds for `time`. */
export function ticksUpTo(max: number, scale: Scale): number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1]
  const step = stepOf(max, scale)
  const steps = Math.ceil(max / step - 1e-9)
  // Multiplied out, for sums of 0.1 are no tenths.
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** `0.4 s` below a second, `6:12` (minutes and seconds), `1:02:03` from an hour on, `2 d 3 h` from a day on; an em dash for none. ms */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) return '—'
  if (ms > 0 && ms < second) return `${Math.max(0.1, Math.floor(ms / 100) / 10)} s`
  if (ms >= day) return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`
  const seconds = Math.floor(ms / second)
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = `${Math.floor(seconds / 60) % 60}:${two(seconds % 60)}`
  return ms < hour ? clock : `${Math.floor(ms / hour)}:${clock.padStart(5, '0')}`
}

/** With units, for tooltips and screen readers: `6 min 12 s`. ms */
export function spokenDuration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) return 'unknown'
  if (ms < second) return `${Math.round(ms)} ms`
  const parts = [
    [Math.floor(ms / day), 'd'],
    [Math.floor(ms / hour) % 24, 'h'],
    [Math.floor(ms / minute) % 60, 'min'],
    [Math.floor(ms / second) % 60, 's'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

/** A difference with its sign: `+1:40`, `−0:20`, `±0:00`. ms */
export function formatDifference(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return '—'
  const size = formatDuration(Math.abs(ms))
  if (Math.abs(ms) < second) return '±0:00'
  return `${ms < 0 ? '−' : '+'}${size}`
}

/** How long ago, in one unit: `now`, `42 s`, `4 min`, `2 h`, `3 d`, `5 mo`, `2 y`. What is yet to come is `now`. ms */
export function formatAge(ms: number): string {
  if (!Number.isFinite(ms)) return '—'
  if (ms < 5 * second) return 'now'
  if (ms < minute) return `${Math.floor(ms / second)} s`
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`
  if (ms < 60 * day) return `${Math.floor(ms / day)} d`
  if (ms < 730 * day) return `${Math.floor(ms / (30 * day))} mo`
  return `${Math.floor(ms / (365 * day))} y`
}

/** A line in sight, by its index, and the element that draws it. */
export interface Seat {
  line: number
  seat: number
}

/** Seats for these lines, in the order in which they stand in the document; `still`: nothing scrolls. */
export type Seats = (lines: readonly number[], still: boolean) => readonly Seat[]

/**
 * Who stays in sight keeps its element, and who comes takes over that of one who left: elements that go on with other
 * words cost a scroll less than new ones. An element that moves is made anew in all but name: so they stand in the order
 * of the lines, as screen readers read them, only when nothing scrolls.
 */
export function createSeats(): Seats {
  let seatOf: ReadonlyMap<number, number> = new Map()
  let order: readonly number[] = []
  return (lines, still) => {
    const seats = new Map(
      lines.flatMap(line => {
        const seat = seatOf.get(line)
        return seat === undefined ? [] : [[line, seat]]
      }),
    )
    const taken = new Set(seats.values())
    let free = 0
    for (const line of lines) {
      if (seats.has(line)) continue
      while (taken.has(free)) free++
      seats.set(line, free++)
    }
    seatOf = seats
    const lineOf = new Map([...seats].map(([line, seat]) => [seat, line]))
    const before = still ? [] : order.filter(seat => lineOf.has(seat))
    const added = lines.flatMap(line => seats.get(line) ?? []).filter(seat => !before.includes(seat))
    order = [...before, ...added]
    return order.flatMap(seat => {
      const line = lineOf.get(seat)
      return line === undefined ? [] : [{ line, seat }]
    })
  }
}

/** A card gateway in memory. It answers 409 when a capture comes again, as the real one does. */
export function createGateway({ attempts }) {
  const seen = new Map()
  return {
    async post({ key, cents }) {
      const known = seen.get(key)
      if (known) return { status: 409, capture: known }
      if (attempts < 1) return { status: 503 }
      const made = { id: `cap_${seen.size + 1}`, cents }
      seen.set(key, made)
      return { status: 200, capture: made }
    },
    captures: () => [...seen.values()],
  }
}

/** Sum of the lines in cents: `{ price, quantity }` each. */
export function total(lines) {
  return lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
}

/** Delivery in cents: free from `freeFrom` on, and for an empty basket. */
export function delivery(lines, freeFrom) {
  const sum = total(lines)
  return sum === 0 || sum >= freeFrom ? 0 : 490
}

/** Cents as text: 1690 → "16.90 EUR". */
export function money(cents, currency) {
  return `${(cents / 100).toFixed(2)} ${currency}`
}

/** What the gateway keeps, in cents: 1.4 % and 25 cents, rounded half up. */
export function fee(cents) {
  return Math.round(cents * 0.014) + 25
}

/** Closes a switch over a union: a case left out fails to compile, a value from outside fails loudly. */
export function assertNever(value: never, what = 'case'): never {
  throw new TypeError(`Unexpected ${what}: ${JSON.stringify(value)}`)
}

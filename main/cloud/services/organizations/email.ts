/** An address of RFC 2606's domain, which no mail ever reaches. */
export const emailOf = (name: string) => `${name.toLowerCase()}@example.com`

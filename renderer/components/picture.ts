/** What makes an element a picture with a name. */
export const picture = (name: string) => ({ role: 'img', 'aria-label': name }) as const

import { Anchor } from '../../../../preload/contract/audit.ts'

/** A chain's end on one line, to be kept elsewhere: `111122223333/4182/9f1c…`. */
export const anchorText = ({ account, seq, hash }: Anchor): string => `${account}/${seq}/${hash}`

/** Reads it back, with whatever space came along; undefined for what is no anchor. */
export function readAnchor(text: string): Anchor | undefined {
  const [account, seq = '', hash, ...more] = text.trim().split('/')
  const anchor = Anchor.safeParse({ account, seq: /^\d{1,15}$/.test(seq) ? Number(seq) : undefined, hash })
  return more.length === 0 && anchor.success ? anchor.data : undefined
}

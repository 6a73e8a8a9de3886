import type { Commit } from './repositories.ts'

/** Reads a commit object (`git help git-commit-tree`): headers, an empty line, the message. */
export function parseCommit(id: string, text: string): Commit & { tree: string } {
  const cut = text.indexOf('\n\n')
  const headers = (cut < 0 ? text : text.slice(0, cut)).split('\n')
  const valuesOf = (name: string) =>
    headers.flatMap(line => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []))
  return {
    id,
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    author: parsePerson(valuesOf('author')[0] ?? ''),
    committer: parsePerson(valuesOf('committer')[0] ?? ''),
    message: cut < 0 ? '' : text.slice(cut + 2),
  }
}

/** `Ann Example <ann@example.com> 1764000000 +0100` */
function parsePerson(text: string): Commit['author'] {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<([^>]*)> (-?\d+) [+-]\d{4}$/.exec(text) ?? []
  return { name, email, at: Number(seconds) * 1000 }
}

/** `<seconds> <offset>`, as GetCommit gives dates. */
export const commitDate = (at: number) => `${Math.floor(at / 1000)} +0000`

import type { Identity } from '../lends.ts'
import { type Html, html } from './html.ts'

/** The accounts that a person gets into and as what, as a list. */
export function accessList({ directory, accounts }: Pick<Identity, 'directory' | 'accounts'>, user: string): Html {
  const theirs = directory.assignments(user)
  const setsIn = (id: string) =>
    theirs.filter(({ account }) => account === id).map(({ permissionSet }) => permissionSet)
  const rows = accounts.flatMap(({ id, name }) => {
    const sets = setsIn(id)
    return sets.length === 0
      ? []
      : [html`<li><span>${name} <small>${id}</small></span><span>${sets.join(', ')}</span></li>`]
  })
  return rows.length === 0 ? html`<p>No account was assigned to this user.</p>` : html`<ul>${rows}</ul>`
}

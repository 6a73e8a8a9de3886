// Fails when a page of the built site names a file that is not in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const site = process.argv[2] ?? 'dist'
let broken = 0
for (const name of readdirSync(site).filter(name => name.endsWith('.html'))) {
  for (const [, target] of readFileSync(join(site, name), 'utf8').matchAll(/(?:href|src)="([^"#:]+)"/g)) {
    if (existsSync(join(site, target))) continue
    console.error(`${name}: "${target}" is not in the site`)
    broken++
  }
}
if (broken > 0) process.exit(1)
console.log('Every link of the site leads somewhere.')

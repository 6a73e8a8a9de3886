// Writes the shop's pages to dist/.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { page } from './src/page.mjs'

const catalogue = JSON.parse(await readFile(new URL('src/catalogue.json', import.meta.url), 'utf8'))
const settings = JSON.parse(await readFile(new URL('src/settings.json', import.meta.url), 'utf8'))
const version = process.env.SHOP_VERSION || 'unreleased'
const builtAt = new Date().toISOString().slice(0, 16).replace('T', ' ')

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
await cp('public', 'dist', { recursive: true })
await writeFile('dist/index.html', page({ catalogue, settings, version, builtAt }))
console.log(`dist/index.html: ${catalogue.length} products, version ${version}`)

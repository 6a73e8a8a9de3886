// Draws icon.png, icon.ico and icon.icns from icon.svg. Run by hand when the drawing changes; what it makes is committed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { root } from './bootstrap.mjs'

const folder = join(root, 'resources/icons')
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()

async function png(size) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  return page.screenshot({ omitBackground: true })
}

/** ICO: a directory of PNGs; 0 stands for 256 px. */
function ico(images) {
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [index, { size, data }] of images.entries()) {
    const at = 6 + 16 * index
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(data.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += data.length
  }
  return Buffer.concat([header, ...images.map(image => image.data)])
}

/** ICNS: chunks of a four-letter type, a length and a PNG. */
function icns(images) {
  const chunk = (type, data) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(data.length + 8, 4)
    return Buffer.concat([head, data])
  }
  const types = { 32: 'ic11', 64: 'ic12', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }
  return chunk('icns', Buffer.concat(images.map(({ size, data }) => chunk(types[size], data))))
}

const sizes = async list => {
  const images = []
  for (const size of list) images.push({ size, data: await png(size) })
  return images
}
writeFileSync(join(folder, 'icon.png'), await png(1024))
writeFileSync(join(folder, 'icon.ico'), ico(await sizes([16, 32, 48, 64, 128, 256])))
writeFileSync(join(folder, 'icon.icns'), icns(await sizes([32, 64, 128, 256, 512, 1024])))
await browser.close()

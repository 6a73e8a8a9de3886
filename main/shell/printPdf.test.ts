import { describe, expect, it } from 'vitest'
import { findChromium } from './chromiumWindow.ts'
import { printWithChromium } from './printPdf.ts'

const browser = findChromium(process.platform, process.env)
if (!browser) console.log('No Chromium on this machine: printing is not tried.')

describe.runIf(browser)('printing without a window', { timeout: 90_000 }, () => {
  it('makes a PDF of a page that needs nothing but itself', async () => {
    const pdf = await printWithChromium(browser ?? '', '<!doctype html><title>Ledger</title><h1>Ledger report</h1>')
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(1_000)
  })
  it('says so where the browser can’t be started', async () => {
    await expect(printWithChromium('/nowhere/chromium', '<p>')).rejects.toMatchObject({ code: 'PrintFailed' })
  })
})

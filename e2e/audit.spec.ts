import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './desk.ts'

const goTo = (page: Page, hash: string) =>
  page.evaluate(to => {
    location.hash = to
  }, hash)

const entries = (page: Page) => page.getByRole('grid', { name: 'Ledger entries' })

/** The call that took the approval out of `payments`. */
const removal = (page: Page) =>
  entries(page).getByRole('row', { name: /Updated payments to version 2: removed approval/ })

test.describe.configure({ mode: 'serial' })

test.describe('the audit', () => {
  test('answers who removed the approval from payments within three actions from the start screen', async ({
    page,
  }) => {
    test.setTimeout(180_000)
    // The samples took it out and put it back: the ledger learns of it when CloudTrail tells, sooner while it is open.
    await goTo(page, '#/audit/ledger')
    await expect(page.getByRole('link', { name: /^Audit [1-9]\d* open alarm/ })).toBeVisible({ timeout: 120_000 })
    await goTo(page, '#/fleet')
    await page.getByRole('link', { name: /^Audit/ }).click()
    await expect(page.getByRole('textbox', { name: 'Search the ledger' })).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.type('removed approval payments')
    await expect(removal(page)).toBeVisible({ timeout: 120_000 })
    await expect(removal(page)).toContainText('nina.roth')
    expect(await violations(page)).toEqual([])
  })

  test('opens an entry by keys, with its evidence', async ({ page }) => {
    await goTo(page, '#/audit/ledger?q=removed+approval&pipeline=payments&kind=definition')
    await expect(removal(page)).toBeVisible()
    await entries(page).focus()
    await page.keyboard.press('j')
    const entry = page.getByRole('complementary', { name: 'Entry' })
    await expect(entry.getByRole('heading', { name: 'Evidence' })).toBeVisible()
    await expect(entry.getByText('removed: Removed approval Approve from stage Release')).toBeVisible()
    await entry.getByText('Record', { exact: true }).first().click()
    await expect(entry.getByText('"eventName": "UpdatePipeline"').first()).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(entry).toBeHidden()
  })

  test('brings in what CloudTrail wrote before, also a large file', async ({ page }) => {
    const event = (number: number) => ({
      eventVersion: '1.11',
      userIdentity: { type: 'IAMUser', userName: 'kim', arn: 'arn:aws:iam::111122223333:user/kim' },
      eventTime: new Date(Date.UTC(2026, 2, 1) + number * 60_000).toISOString(),
      eventSource: 'codepipeline.amazonaws.com',
      eventName: 'DisableStageTransition',
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.7',
      // Nothing that zips: the file stays larger than what is small.
      userAgent: randomBytes(6_000).toString('base64'),
      requestParameters: { pipelineName: 'bygone', stageName: 'Live', transitionType: 'Inbound', reason: 'a freeze' },
      responseElements: null,
      requestID: randomUUID(),
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
    })
    const Records = Array.from({ length: 300 }, (_, number) => event(number))
    await goTo(page, '#/audit/ledger')
    await page.getByRole('button', { name: 'Import…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import CloudTrail files' })
    const files = dialog.getByLabel('CloudTrail files')
    const text = JSON.stringify({ Records })
    await files.setInputFiles({ name: 'march.json.gz', mimeType: 'application/gzip', buffer: gzipSync(text) })
    await expect(dialog.getByText('New: 300.')).toBeVisible({ timeout: 30_000 })
    // The same, unpacked by somebody: nothing twice.
    await files.setInputFiles({ name: 'march.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await expect(dialog.getByText('New: 0.')).toBeVisible({ timeout: 30_000 })
    await page.keyboard.press('Escape')
    await goTo(page, '#/audit/ledger?q=bygone')
    await expect(page.getByText('300 entries')).toBeVisible()
  })

  test('verifies every chain, and an anchor that was kept elsewhere', async ({ page }) => {
    await goTo(page, '#/audit/ledger')
    await page.getByRole('button', { name: 'Verify…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Verify the ledger' })
    await expect(dialog.getByText('Every row is as it was recorded.')).toBeVisible({ timeout: 30_000 })
    const anchor = (await dialog.locator('code').first().textContent()) ?? ''
    expect(anchor).toMatch(/^\d{12}\/\d+\/[0-9a-f]{64}$/)
    await dialog.getByRole('textbox').fill(anchor)
    await dialog.getByRole('button', { name: 'Check' }).click()
    await expect(dialog.getByText('and the anchor fits')).toBeVisible({ timeout: 30_000 })
    await dialog.getByRole('textbox').fill(anchor.replace(/.$/, last => (last === '0' ? '1' : '0')))
    await dialog.getByRole('button', { name: 'Check' }).click()
    await expect(dialog.getByText('1 chain of 1 does not hold.')).toBeVisible({ timeout: 30_000 })
    expect(await violations(page)).toEqual([])
    await dialog.getByText('Close', { exact: true }).click()
  })

  test('compares two versions in words, in the graph and as JSON', async ({ page }) => {
    await goTo(page, '#/pipeline/444455556666/us-east-1/payments')
    await expect(page.getByRole('button', { name: 'Who changed it' })).toBeVisible()
    await page.keyboard.press('d')
    await page.getByRole('button', { name: 'Version 2: compare with version 1' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: /v2.*nina\.roth/ })).toBeVisible()
    await expect(page.getByText(/removed: Removed approval/).first()).toBeVisible()
    await expect(page.getByRole('button', { name: /stage, action .*, removed$/ }).first()).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.getByText('JSON', { exact: true }).click()
    await expect(page.getByRole('region', { name: 'Both versions as JSON' })).toContainText('"version": 2')
    expect(await violations(page)).toEqual([])
  })

  test('signs off an alarm with a note that stays', async ({ page }) => {
    await goTo(page, '#/audit/alarms')
    const alarm = page.getByRole('listitem').filter({ hasText: 'Approval removed' })
    await expect(alarm.getByRole('link', { name: 'Compare version 1 with 2' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await alarm.getByRole('button', { name: 'Sign off…' }).click()
    const dialog = page.getByRole('dialog', { name: /^Sign off/ })
    await page.keyboard.type('Agreed in change 4711')
    await dialog.getByRole('button', { name: 'Sign off' }).click()
    await expect(dialog).toBeHidden()
    await expect(alarm.getByText('Agreed in change 4711')).toBeVisible()
    await expect(alarm.getByRole('button', { name: 'Sign off…' })).toBeHidden()
  })

  test('exports what is found as CSV', async ({ page }) => {
    await goTo(page, '#/audit/ledger?pipeline=payments&kind=definition')
    await expect(removal(page)).toBeVisible()
    await entries(page).focus()
    await page.keyboard.press('e')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const file = await (await saved).path()
    expect(readFileSync(file, 'utf8')).toContain('UpdatePipeline')
    await expect(page.getByText(/^Saved .*\.csv: \d+ entr/)).toBeVisible()
    await page.getByText('Close', { exact: true }).click()
  })

  test('says how far each account is read, and what a finding is', async ({ page }) => {
    await goTo(page, '#/audit/coverage')
    await expect(page.getByRole('table', { name: 'How far each account and region is read' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await goTo(page, '#/audit/duties')
    await expect(page.getByText('Findings, not enforcement.')).toBeVisible()
    expect(await violations(page)).toEqual([])
    await goTo(page, '#/audit/definitions')
    await expect(page.getByRole('table', { name: 'Histories of definitions' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
})

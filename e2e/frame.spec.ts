import { existsSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './desk.ts'

const goTo = (page: Page, hash: string) =>
  page.evaluate(to => {
    location.hash = to
  }, hash)

const screens = [
  { name: 'Local cloud', hash: '#/cloud' },
  { name: 'Accounts', hash: '#/accounts' },
  { name: 'Settings', hash: '#/settings' },
  { name: 'There is nothing at this address.', hash: '#/nowhere' },
]

test.describe('the frame', () => {
  for (const { name, hash } of screens) {
    test(`shows “${name}” at ${hash}, with nothing that axe minds in either theme`, async ({ page }) => {
      await goTo(page, hash)
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violations(page)).toEqual([])
      }
    })
  }

  test('reaches every screen of the rail by Ctrl or Cmd and its number', async ({ page }) => {
    const mod = process.platform === 'darwin' ? 'Meta' : 'Control'
    const links = page.getByRole('navigation').getByRole('list').first().getByRole('link')
    for (let index = 0; index < (await links.count()); index++) {
      await page.keyboard.press(`${mod}+${index + 1}`)
      await expect(links.nth(index)).toHaveAttribute('aria-current', 'page')
    }
  })

  test('finds a pipeline in the palette and opens it', async ({ page }) => {
    const mod = process.platform === 'darwin' ? 'Meta' : 'Control'
    await goTo(page, '#/settings')
    await page.keyboard.press(`${mod}+k`)
    const palette = page.getByRole('dialog')
    await expect(palette).toBeVisible()
    await page.keyboard.type('web-shop tooling')
    await expect(palette.getByRole('option').first()).toContainText('web-shop')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => location.hash)).toContain('/web-shop')
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })

  test('lists the keys that do something here', async ({ page }) => {
    await goTo(page, '#/fleet')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys and signs' })).toContainText('Apply the changed order')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  test('follows the system’s theme, and remembers an override', async ({ page }) => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    await goTo(page, '#/settings')
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(theme).toBe('light')
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
    await expect.poll(theme).toBe('dark')
    await page.reload()
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
    expect(await theme()).toBe('dark')
    await page.getByRole('radio', { name: 'As the system' }).check({ force: true })
    await expect.poll(theme).toBe('light')
  })

  test('keeps within the page’s policy on every screen', async ({ page }) => {
    const complaints: string[] = []
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))
    await page.reload()
    for (const { hash } of [{ hash: '#/fleet' }, ...screens]) {
      await goTo(page, hash)
      await page.waitForLoadState('networkidle')
    }
    expect(complaints).toEqual([])
  })

  test('gives the lines that make the AWS CLI use the local cloud', async ({ page }) => {
    await goTo(page, '#/cloud')
    await expect(page.getByText('Ready at')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Copy the export lines' }).click()
    await expect(page.getByText('Copied the export lines')).toBeVisible()
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
    const files = lines.map(line => line.replace(/^export AWS_\w+=/, '').replaceAll("'", ''))
    expect(files).toHaveLength(2)
    for (const file of files) expect(existsSync(file), file).toBe(true)
  })

  test('keeps an account read-only when told to', async ({ page }) => {
    await goTo(page, '#/accounts')
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'production' }) })
    const readOnly = card.getByRole('switch', { name: 'Read-only' })
    await readOnly.click()
    await expect(readOnly).toBeChecked()
    await page.reload()
    await expect(readOnly).toBeChecked()
    await readOnly.click()
    await expect(readOnly).not.toBeChecked()
  })
})

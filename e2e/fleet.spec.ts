import { CodePipelineClient, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { cloudSettings } from './cloudSettings.ts'
import { expect, test } from './desk.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Pipelines' })
const rows = (page: Page) => grid(page).locator('tbody tr')
const filterBar = (page: Page) => page.getByRole('textbox', { name: 'Filter pipelines' })
const hash = (page: Page) => page.evaluate(() => location.hash)

test.describe('the fleet', () => {
  test.beforeEach(async ({ page }) => {
    await page.evaluate(() => {
      location.hash = '#/fleet'
    })
    // The samples execute on first start; their failed and waiting ones are there when the story is told.
    await expect(rows(page).filter({ hasText: 'payments' }).first()).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('button', { name: /^Failed [1-9]/ })).toBeVisible({ timeout: 60_000 })
  })

  test('shows the pipelines of all three accounts, the worst state first', async ({ page }) => {
    for (const account of ['tooling', 'staging', 'production']) {
      await expect(rows(page).filter({ hasText: account }).first()).toBeVisible()
    }
    await expect(rows(page).first().getByRole('img', { name: 'Failed' }).first()).toBeVisible()
    const told = Number(await grid(page).getAttribute('aria-rowcount'))
    expect(told).toBe((await rows(page).count()) + 1)
  })

  test('is filtered as one types, keeps the filter in the address, and says which key was meant', async ({ page }) => {
    const all = await rows(page).count()
    await page.keyboard.press('/')
    await page.keyboard.type('acct:staging')
    await expect.poll(() => rows(page).count()).toBeLessThan(all)
    expect(await hash(page)).toBe('#/fleet?filter=acct%3Astaging')
    await expect(rows(page).filter({ hasNotText: 'staging' })).toHaveCount(0)
    await filterBar(page).fill('author:ben')
    await expect(page.getByText('Did you mean “by:”?')).toBeVisible()
    await filterBar(page).fill('region:eu-north-1')
    await expect(page.getByText('0 pipelines in eu-north-1 for this role.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear the filter' }).last().click()
    await expect.poll(() => rows(page).count()).toBe(all)
  })

  test('is filtered by the counts and by the accounts of the rail', async ({ page }) => {
    const failed = page.getByRole('button', { name: /^Failed/ })
    await failed.click()
    await expect(failed).toHaveAttribute('aria-pressed', 'true')
    await expect(filterBar(page)).toHaveValue('state:failed')
    await failed.click()
    await expect(filterBar(page)).toHaveValue('')
    await page.getByRole('navigation').getByRole('button', { name: 'production' }).click()
    await expect(filterBar(page)).toHaveValue('acct:production')
    await expect(rows(page).filter({ hasNotText: 'production' })).toHaveCount(0)
  })

  test('is worked with by keys alone: move, mark, copy, open, come back', async ({ page }) => {
    await page.keyboard.press('j')
    await expect(grid(page)).toBeFocused()
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+J')
    await expect(page.getByText('2 pipelines marked')).toBeVisible()
    await page.keyboard.press('y')
    await expect(page.getByText('Copied 2 names')).toBeVisible()
    const first = await rows(page).first().getByRole('link').innerText()
    expect((await page.evaluate(() => navigator.clipboard.readText())).split('\n')).toContain(first)
    await page.keyboard.press('Escape')
    await expect(page.getByText('2 pipelines marked')).toBeHidden()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await expect.poll(() => hash(page)).toContain(`/${first}`)
    await page.goBack()
    await expect(grid(page)).toBeVisible()
  })

  test('sorts by a column, and says so to screen readers', async ({ page }) => {
    const header = page.getByRole('columnheader', { name: 'Pipeline' })
    await header.getByRole('button').click()
    await expect(header).toHaveAttribute('aria-sort', 'ascending')
    const names = () => rows(page).getByRole('link').allInnerTexts()
    const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
    await expect.poll(async () => (await names()).toSorted(collator.compare)).toEqual(await names())
    await header.getByRole('button').click()
    await expect(header).toHaveAttribute('aria-sort', 'descending')
    await page.getByRole('columnheader', { name: 'State' }).getByRole('button').click()
  })

  test('moves no row while somebody reads, says how many wait, and moves them when asked', async ({ page, desk }) => {
    test.setTimeout(120_000)
    const names = () => rows(page).getByRole('link').allInnerTexts()
    const last = rows(page).last()
    await last.hover()
    const [name, before] = [await last.getByRole('link').innerText(), await names()]
    const profile = /tooling|staging|production/.exec(await last.innerText())?.[0] ?? ''
    const client = new CodePipelineClient(await cloudSettings(desk.data, profile))
    await client.send(new StartPipelineExecutionCommand({ name }))
    // A pipeline at rest is asked once a minute.
    const apply = page.getByRole('button', { name: /^Order changed for \d+ rows?: apply/ })
    await expect(apply).toBeVisible({ timeout: 60_000 })
    expect(await names()).toEqual(before)
    await page.keyboard.press('o')
    await expect.poll(names).not.toEqual(before)
    client.destroy()
  })

  test('has three densities of 56, 36 and 24 px', async ({ page }) => {
    const heightOf = async (density: string, what: string) => {
      await page.getByRole('radio', { name: density }).check({ force: true })
      const box = page.locator(what).first()
      return async () => (await box.boundingBox())?.height
    }
    await expect.poll(await heightOf('Tiles', 'tbody td[data-state]')).toBe(56)
    await expect.poll(await heightOf('Lines', 'tbody tr[aria-selected]')).toBe(24)
    await expect.poll(await heightOf('Rows', 'tbody tr[aria-selected]')).toBe(36)
  })

  test('keeps a filter as a view in the rail', async ({ page }) => {
    await filterBar(page).fill('acct:staging')
    await page.getByRole('button', { name: 'Save this filter as a view' }).click()
    await page.getByRole('textbox', { name: 'Name in the rail' }).fill('Staging only')
    await page.keyboard.press('Enter')
    const view = page.getByRole('navigation').getByRole('link', { name: 'Staging only' })
    await expect(view).toBeVisible()
    await filterBar(page).fill('')
    await view.click()
    await expect(filterBar(page)).toHaveValue('acct:staging')
    await page.getByRole('button', { name: 'Remove the saved view “Staging only”' }).click()
    await expect(view).toBeHidden()
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`has nothing that axe minds, in ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme })
      expect(await violations(page)).toEqual([])
      await page.getByRole('radio', { name: 'Tiles' }).check({ force: true })
      expect(await violations(page)).toEqual([])
      await page.getByRole('radio', { name: 'Rows' }).check({ force: true })
    })
  }
})

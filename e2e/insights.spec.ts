import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './desk.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

const goTo = (page: Page, hash: string) =>
  page.evaluate(to => {
    location.hash = to
  }, hash)

/** Runs a palette command by its words, from the start screen: two actions of a person. */
async function ask(page: Page, words: string, command: string) {
  await goTo(page, '#/fleet')
  await page.keyboard.press(`${mod}+k`)
  await page.keyboard.type(words)
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(command)
  await page.keyboard.press('Enter')
}

const textOf = async (download: Download) => readFile(await download.path(), 'utf8')

/** Opens Insights and waits until the past of every pipeline is read, with what came while the samples were told. */
async function readAll(page: Page) {
  await goTo(page, '#/insights')
  const strip = page.getByRole('region', { name: 'How far the past is known' })
  await expect(strip.getByRole('button', { name: 'Read again' })).toBeVisible({ timeout: 60_000 })
  await strip.getByRole('button', { name: 'Read again' }).click()
  // Not left on a button, whose tooltip would stand there.
  await page.mouse.move(0, 0)
  await expect(strip).toContainText(/days of 9 pipelines are read: [\d,]+ executions known/, { timeout: 60_000 })
  await expect(strip.getByRole('button', { name: 'Read again' })).toBeVisible()
}

test.describe('Insights and Cost', () => {
  test.beforeEach(({ page }) => readAll(page))

  test('tells DORA’s four, each with its definition and what it was computed from', async ({ page }) => {
    for (const name of ['Deployment frequency', 'Lead time for changes', 'Change failure rate', 'Time to restore']) {
      const card = page.getByRole('article').filter({ has: page.getByRole('heading', { name }) })
      await expect(card).toContainText(/\d+ (deployments?|changes?|restored failures?)/)
      await card.getByText('How it is defined').click()
      await expect(card).toContainText('production stage')
    }
    await expect(
      page.getByText(/^From [\d,]+ executions of 9 pipelines, as of .* of these are sample data/),
    ).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violations(page)).toEqual([])
    }
  })

  test('leaves sample data out when told to, and comes back to it', async ({ page }) => {
    await page.getByRole('switch', { name: 'Include sample data' }).click()
    await expect(page.getByText(/executions of sample data left out/)).toBeVisible()
    await page.goBack()
    await expect(page.getByText(/of these are sample data/)).toBeVisible()
  })

  test('answers why lead time changed in two actions', async ({ page }) => {
    await ask(page, 'why lead time', 'Insights: why lead time changed')
    await expect(page.getByText(/^The mean lead time is /)).toBeVisible()
    await expect(page.getByText(/^Mean of \d+ deployments, \d+ /)).toHaveCount(2)
    await expect(page.getByRole('table', { name: 'The slowest deployments' }).getByRole('row')).toHaveCount(6)
    expect(await violations(page)).toEqual([])
  })

  test('answers what V2 would save in two actions', async ({ page }) => {
    await ask(page, 'v1 or v2', 'Cost: V1 or V2')
    await expect(page.getByText(/^With every pipeline on V2, CodePipeline itself would /)).toBeVisible()
    const rows = page.getByRole('table', { name: /as V1 and as V2/ }).getByRole('row')
    await expect(rows).toHaveCount(10)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violations(page)).toEqual([])
    }
  })

  test('shows another amount as soon as a what-if is changed', async ({ page }) => {
    await goTo(page, '#/cost')
    await page
      .getByRole('table', { name: 'Pipelines of tooling by cost' })
      .getByRole('link', { name: /^web-shop us/ })
      .click()
    const then = page.getByRole('definition').filter({ hasText: '$' })
    const amountThen = () => page.getByText('A month then').locator('..').getByRole('definition').textContent()
    await expect(then.first()).toBeVisible()
    await expect(page.getByText('A month then')).toBeVisible()
    const before = await amountThen()
    const slider = page.getByRole('slider', { name: 'Executions a day' })
    await slider.focus()
    await page.keyboard.press('End')
    await expect.poll(amountThen).not.toBe(before)
    await page.getByRole('button', { name: 'As it is now' }).click()
    await expect.poll(amountThen).toBe(before)
    expect(await violations(page)).toEqual([])
  })

  test('exports a plot as CSV, SVG and PNG, and a page by its key', async ({ page }) => {
    const plot = page.getByRole('figure', { name: 'Changes that reached production' })
    const exported = async (press: () => Promise<void>) => {
      const [download] = await Promise.all([page.waitForEvent('download'), press()])
      return download
    }
    const csv = await textOf(await exported(() => plot.getByRole('button', { name: 'CSV' }).click()))
    expect(csv).toMatch(/^time \(UTC\),Went well \(changes\),Failed \(changes\)\r\n\d{4}-/)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(15)
    const svg = await textOf(await exported(() => plot.getByRole('button', { name: 'SVG' }).click()))
    for (const part of ['Changes that reached production', 'Went well', '<path']) expect(svg).toContain(part)
    expect(svg).not.toContain('var(')
    const png = await exported(() => plot.getByRole('button', { name: 'PNG' }).click())
    expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe('PNG')
    const trend = await exported(() => page.keyboard.press('e'))
    expect(trend.suggestedFilename()).toBe('insights.csv')
    expect(await textOf(trend)).toMatch(/^From \(UTC\),Deployments,/)
  })

  test('keeps within the page’s policy on every page of both', async ({ page }) => {
    const complaints: string[] = []
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))
    for (const name of ['Durations', 'Flaky actions', 'Slower since', 'Compare', 'CloudWatch']) {
      await page.getByRole('tab', { name }).click()
      await expect(page.getByRole('tabpanel')).not.toContainText('Computing…')
    }
    await goTo(page, '#/cost')
    for (const name of ['Waste', 'Prices', 'Accounts and pipelines']) {
      await page.getByRole('tab', { name }).click()
      await expect(page.getByRole('tabpanel')).not.toContainText('…')
    }
    expect(complaints).toEqual([])
  })

  test('is read with keys and as tables as well', async ({ page }) => {
    await page.getByRole('tab', { name: 'Overview' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name: 'Why lead time changed' })).toHaveAttribute('aria-selected', 'true')
    await page.goBack()
    const plot = page.getByRole('figure', { name: 'Lead time for changes' })
    await plot.getByRole('button', { name: 'Table' }).click()
    await expect(plot.getByRole('row')).toHaveCount(15)
  })
})

import type { Page } from '@playwright/test'
import { routeOfDeepLink } from '../main/shell/deepLinks.ts'
import { violations } from './axe.ts'
import { expect, test } from './desk.ts'

const graph = (page: Page) => page.getByRole('application', { name: /^Stages of/ })
const node = (page: Page, id: string) => page.locator(`[data-node="${id}"]`)
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const tab = (page: Page, name: string) => inspector(page).getByRole('tab', { name, exact: true })

async function open(page: Page, account: string, name: string, region = 'us-east-1') {
  await page.evaluate(hash => {
    location.hash = '#/fleet'
    location.hash = hash
  }, `#/pipeline/${account}/${region}/${name}`)
  await expect(node(page, 'stage/Source')).toBeVisible({ timeout: 60_000 })
}
const tooling = '111122223333'
const staging = '444455556666'
const production = '777788889999'

test.describe('the pipeline screen', () => {
  test.beforeEach(async ({ page }) => {
    // The samples execute on first start; when their story is told an approval waits and a test has failed.
    await page.evaluate(() => {
      location.hash = '#/fleet'
    })
    await expect(page.getByRole('button', { name: /^Failed [2-9]/ })).toBeVisible({ timeout: 80_000 })
    await expect(page.getByRole('button', { name: /^Waiting [1-9]/ })).toBeVisible({ timeout: 80_000 })
  })

  test('draws stages as lanes, and says of each node what a person sees', async ({ page }) => {
    await open(page, staging, 'payments')
    await expect(page.getByRole('button', { name: /^Test stage, failed, 2 actions, 1 failed/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Test stage, action Integration, failed/ })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Transition into Build, open' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })

  test('is walked by arrows along its edges, and goes to the next failure', async ({ page }) => {
    await open(page, staging, 'payments')
    await node(page, 'stage/Source').focus()
    await page.keyboard.press('ArrowRight')
    await expect(node(page, 'gate/Build')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect(node(page, 'action/Build/Bundle')).toBeFocused()
    await expect(inspector(page).getByRole('heading', { name: /^Bundle/ })).toBeVisible()
    await page.keyboard.press('Shift+F')
    await expect(node(page, 'action/Test/Integration')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(tab(page, 'Overview')).toBeFocused()
  })

  test('draws an execution as a timeline that the Tab key goes through row by row', async ({ page }) => {
    await open(page, staging, 'payments')
    const rows = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
    await expect(rows.first()).toHaveAttribute('aria-posinset', '1')
    const count = Number(await rows.first().getAttribute('aria-setsize'))
    await rows.first().getByRole('button').focus()
    for (let row = 1; row < count; row++) await page.keyboard.press('Tab')
    const last = page.locator(`li[aria-posinset="${count}"]`).getByRole('button')
    await expect(last).toBeFocused()
    await expect(last).toBeInViewport()
  })

  test('names the failed tests, and opens the log at the first error', async ({ page }) => {
    await open(page, staging, 'payments')
    await node(page, 'action/Test/Integration').click()
    await expect(inspector(page).getByText(/\d of \d tests failed/)).toBeVisible()
    await expect(inspector(page).getByText('captures once when the gateway repeats').first()).toBeVisible()
    await page.keyboard.press('l')
    const log = page.getByRole('region', { name: 'Log' })
    await expect(log.locator('[data-jumped="error"]')).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.type('[Container]')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status', { name: 'Found' })).toHaveText(/^1\//)
    expect(await violations(page)).toEqual([])
    await tab(page, 'Overview').click()
  })

  test('has a table twin with the same selection, and remembers which was chosen', async ({ page }) => {
    await open(page, staging, 'payments')
    await node(page, 'action/Test/Unit').click()
    await page.keyboard.press('v')
    const table = page.getByRole('table', { name: 'Stages of payments' })
    await expect(table.getByRole('button', { name: 'Unit' })).toHaveAttribute('aria-pressed', 'true')
    await table.getByRole('button', { name: 'Unit' }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(table.getByRole('button', { name: 'Integration' })).toBeFocused()
    expect(await violations(page)).toEqual([])
    await page.reload()
    await expect(table).toBeVisible()
    await page.keyboard.press('v')
    await expect(graph(page)).toBeVisible()
  })

  test('says less the farther one goes, and shows lanes alone from far', async ({ page }) => {
    await open(page, staging, 'payments')
    await expect(node(page, 'action/Test/Unit')).toBeVisible()
    const canvas = graph(page)
    await canvas.hover()
    await page.keyboard.down('Control')
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, 120)
    await page.keyboard.up('Control')
    await expect(node(page, 'action/Test/Unit')).toHaveCount(0)
    await expect(node(page, 'stage/Test')).toBeVisible()
    await page.keyboard.press('f')
    await expect(node(page, 'action/Test/Unit')).toBeVisible()
  })

  test('says who closed a transition, why, and what waits before it', async ({ page }) => {
    await open(page, production, 'infrastructure')
    await node(page, 'gate/Production').click()
    await expect(inspector(page).getByText('Release freeze until Monday')).toBeVisible()
    await page.keyboard.press('t')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('infrastructure', { exact: true }).first()).toBeVisible()
    // A production account wants the pipeline's name typed.
    const send = dialog.getByRole('button', { name: /^Open transition/ })
    await expect(send).toHaveAttribute('aria-disabled', 'true')
    await expect(dialog.getByRole('textbox')).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(node(page, 'gate/Production')).toBeFocused()
  })

  test('checks a reason while it is typed, closes a transition and opens it again', async ({ page }) => {
    await open(page, tooling, 'web-shop')
    await node(page, 'gate/Staging').click()
    await page.keyboard.press('t')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('no; semicolons')
    await expect(dialog.getByText('Only letters, digits, spaces')).toBeVisible()
    await dialog.getByRole('textbox').fill('freeze for the suite')
    await expect(dialog.getByRole('button', { name: /^Close transition/ })).not.toHaveAttribute('aria-disabled')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText('Confirmed by AWS')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /^Transition into Staging, closed/ })).toBeVisible()
    await page.keyboard.press('t')
    await expect(dialog.getByRole('button', { name: /^Open transition/ })).not.toHaveAttribute('aria-disabled')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText('Confirmed by AWS')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Transition into Staging, open' })).toBeVisible()
  })

  test('copies a link that opens the same place', async ({ page }) => {
    await open(page, tooling, 'web-shop')
    await page.keyboard.press('y')
    await expect(page.getByText('Copied the link')).toBeVisible()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(routeOfDeepLink(copied)).toBe(`#/pipeline/${tooling}/us-east-1/web-shop`)
  })

  test('plans a rollback: what is eligible, and exactly why the rest is not', async ({ page }) => {
    await open(page, tooling, 'web-shop')
    await node(page, 'stage/Build').click()
    await page.keyboard.press('b')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('in the stage now')).toBeVisible()
    await expect(dialog.getByText(/^Not eligible:/).first()).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  test('has nothing for axe in either theme', async ({ page }) => {
    await open(page, tooling, 'web-shop')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await node(page, 'action/Production/Approve').click()
      await expect(inspector(page).getByRole('button', { name: /^Approve/ })).toBeVisible()
      expect(await violations(page)).toEqual([])
    }
  })

  test('says what is wrong with a pipeline that is not there', async ({ page }) => {
    await page.evaluate(() => {
      location.hash = '#/pipeline/111122223333/us-east-1/no-such-pipeline'
    })
    await expect(page.getByText('no-such-pipeline can’t be shown')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Back to the fleet' })).toBeVisible()
  })
})

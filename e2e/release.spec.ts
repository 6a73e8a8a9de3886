import { BatchGetProjectsCommand, CodeBuildClient, UpdateProjectCommand } from '@aws-sdk/client-codebuild'
import type { Locator, Page } from '@playwright/test'
import { cloudSettings } from './cloudSettings.ts'
import { expect, test } from './desk.ts'
import { type Clone, clone } from './git.ts'

/** The desk's own clone line for a repository, as a person would copy it. */
async function cloneOf(page: Page, account: string, name: string): Promise<Clone> {
  await page.evaluate(() => {
    location.hash = '#/cloud'
  })
  const line = page.locator('pre, code').filter({ hasText: new RegExp(`${account}@.*/v1/repos/${name}\\s*$`) })
  await expect(line.first()).toBeVisible({ timeout: 60_000 })
  const text = (await line.first().textContent()) ?? ''
  const credentials = /--file ([^\s']+)/.exec(text)?.[1]
  const url = /https?:\S+/.exec(text)?.[0]
  expect(credentials, text).toBeDefined()
  expect(url, text).toBeDefined()
  return clone(url!, credentials!)
}

async function openPipeline(page: Page, account: string, name: string) {
  await page.evaluate(hash => {
    location.hash = hash
  }, `#/pipeline/${account}/us-east-1/${name}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** An action in the graph, in a state that its accessible name tells. */
const action = (page: Page, stage: string, name: string, state: string) =>
  page.getByRole('button', { name: new RegExp(`^${stage} stage, action ${name}, ${state}`) })
const stage = (page: Page, name: string, state: string) =>
  page.getByRole('button', { name: new RegExp(`^${name} stage, ${state}`) })
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

/** The button that takes the place of Approve once AWS has confirmed; the cross in the corner is another. */
const closing = (dialog: Locator) => dialog.getByText('Close', { exact: true })

/** Approves what waits by keys alone: open the pane, say why, send, close. */
async function approveByKeyboard(page: Page, why: string) {
  await page.keyboard.press('a')
  const dialog = page.getByRole('dialog', { name: /^Approve/ })
  await expect(dialog).toBeVisible()
  await page.keyboard.type(why)
  await expect(dialog.getByRole('button', { name: /^Approve/ })).toBeEnabled()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(closing(dialog)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}

test.describe.configure({ mode: 'serial' })

test.describe('a release', () => {
  test('goes from a push through build, tests and a keyboard approval to the production page', async ({
    page,
    desk,
  }, info) => {
    test.setTimeout(240_000)
    const tooling = '111122223333'
    await openPipeline(page, tooling, 'web-shop')
    // The sample's own second commit waits here: decide it first, by mouse.
    await expect(action(page, 'Production', 'Approve', 'waiting')).toBeVisible({ timeout: 120_000 })
    await action(page, 'Production', 'Approve', 'waiting').click()
    await inspector(page)
      .getByRole('button', { name: /^Approve/ })
      .click()
    const dialog = page.getByRole('dialog', { name: /^Approve/ })
    await dialog.getByRole('textbox').first().fill('The headline is right')
    await dialog.getByRole('button', { name: /^Approve/ }).click()
    await closing(dialog).click()
    await expect(action(page, 'Production', 'Publish', 'succeeded')).toBeVisible({ timeout: 60_000 })

    const shop = await cloneOf(page, tooling, 'web-shop')
    await openPipeline(page, tooling, 'web-shop')
    await expect(stage(page, 'Production', 'succeeded')).toBeVisible()
    const headline = `Kettles for ${Date.now()}`
    const settings = JSON.parse(shop.read('src/settings.json'))
    const commit = await shop.push(
      'src/settings.json',
      JSON.stringify({ ...settings, headline }),
      'Announce the kettles',
    )
    const pushed = Date.now()
    await expect(
      inspector(page)
        .getByText(commit.slice(0, 7))
        .or(action(page, 'Source', 'App', 'running'))
        .first(),
    ).toBeVisible()
    info.annotations.push({ type: 'shown after the push', description: `${Date.now() - pushed} ms` })

    await expect(action(page, 'Production', 'Approve', 'waiting')).toBeVisible({ timeout: 120_000 })
    for (const [where, what] of [
      ['Source', 'App'],
      ['Build', 'Site'],
      ['Test', 'Unit'],
      ['Test', 'Links'],
      ['Staging', 'Publish'],
    ] as const) {
      await expect(action(page, where, what, 'succeeded')).toBeVisible()
    }
    await action(page, 'Build', 'Site', 'succeeded').click()
    await page.keyboard.press('l')
    await expect(page.getByRole('region', { name: 'Log' }).getByText(/Running command node build\.mjs/)).toBeVisible()

    await approveByKeyboard(page, 'Looks good on staging')
    await expect(action(page, 'Production', 'Publish', 'succeeded')).toBeVisible({ timeout: 60_000 })
    await action(page, 'Production', 'Publish', 'succeeded').click()
    await inspector(page).getByRole('tab', { name: 'Overview' }).click()
    const href = await inspector(page)
      .getByRole('link', { name: /Open the page/ })
      .getAttribute('href')
    const shown = await desk.open(href!)
    await expect(shown.getByRole('heading', { name: headline })).toBeVisible()
    await expect(shown.getByText(commit.slice(0, 7))).toBeVisible()
    await shown.close()
  })

  test('is stopped by a failing test, which is named with its line, and goes on when the fix is pushed', async ({
    page,
  }) => {
    test.setTimeout(180_000)
    const staging = '444455556666'
    await openPipeline(page, staging, 'payments')
    await expect(stage(page, 'Test', 'failed')).toBeVisible({ timeout: 120_000 })
    await action(page, 'Test', 'Integration', 'failed').click()
    await expect(inspector(page).getByText('captures once when the gateway repeats').first()).toBeVisible()
    await expect(inspector(page).getByRole('heading', { name: /first error/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /Retry/ }).first()).toBeEnabled()

    const payments = await cloneOf(page, staging, 'payments')
    await openPipeline(page, staging, 'payments')
    await payments.push(
      'src/capture.mjs',
      payments
        .read('src/capture.mjs')
        .replace('answer.status === 200)', 'answer.status === 200 || answer.status === 409)'),
      'Take a repeated capture as the first',
    )
    await expect(action(page, 'Test', 'Integration', 'succeeded')).toBeVisible({ timeout: 90_000 })
    await expect(stage(page, 'Test', 'succeeded')).toBeVisible()
  })

  test('turns green by a retry when the cause was elsewhere and has been mended there', async ({ page, desk }) => {
    test.setTimeout(180_000)
    const builds = new CodeBuildClient(await cloudSettings(desk.data, 'staging'))
    const gateway = async (attempts: string) => {
      const { projects } = await builds.send(new BatchGetProjectsCommand({ names: ['payments-integration'] }))
      const known = projects![0]!.environment!
      const environment = { ...known, environmentVariables: [{ name: 'GATEWAY_ATTEMPTS', value: attempts }] }
      await builds.send(new UpdateProjectCommand({ name: 'payments-integration', environment }))
    }
    await gateway('0')
    await openPipeline(page, '444455556666', 'payments')
    await page.getByRole('button', { name: /^Start/ }).click()
    const start = page.getByRole('dialog', { name: /^Start/ })
    await start.getByRole('button', { name: /^Start/ }).click()
    await expect(start.getByText('Confirmed by AWS')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(action(page, 'Test', 'Integration', 'failed')).toBeVisible({ timeout: 90_000 })
    await expect(stage(page, 'Test', 'failed')).toBeVisible()

    await gateway('3')
    await action(page, 'Test', 'Integration', 'failed').click()
    await page.keyboard.press('r')
    const retry = page.getByRole('dialog', { name: /^Retry/ })
    await expect(retry.getByText(/What will happen/)).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(retry.getByText('Confirmed by AWS')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(action(page, 'Test', 'Integration', 'succeeded')).toBeVisible({ timeout: 90_000 })
    await expect(inspector(page).getByText(/attempt 2/)).toBeVisible()
    builds.destroy()
  })

  test('waits for nobody twice: what a person did is in the journal and in AWS', async ({ page }) => {
    await openPipeline(page, '111122223333', 'web-shop')
    await action(page, 'Production', 'Approve', 'succeeded').click()
    await expect(inspector(page).getByText('Looks good on staging').first()).toBeVisible()
  })
})

import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { type Desk, expect, openDesk, test } from './desk.ts'

const fine = async (page: Page) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violations(page)).toEqual([])
  }
}
/** The page that the sign-in opened beside the desk; whoever knows the password goes on there. */
async function goOn(page: Page, desk: Desk, userName: string) {
  const file = join(desk.data, 'cloud/aws/identity-center.json')
  const { users } = JSON.parse(readFileSync(file, 'utf8')) as { users: { userName: string; password: string }[] }
  const password = users.find(user => user.userName === userName)?.password ?? ''
  if (await page.getByLabel('Password').isVisible()) {
    await page.getByLabel('User name').fill(userName)
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: 'Allow' }).click()
}

test.describe('signing in', () => {
  let desk: Desk
  test.beforeAll(async ({}, info) => {
    test.setTimeout(180_000)
    // A home of its own: nobody's real ~/.aws is read or written.
    const data = mkdtempSync(join(tmpdir(), 'desk-'))
    const home = join(data, 'home')
    mkdirSync(home)
    desk = await openDesk(String(info.project.metadata.shell), data, { HOME: home })
  })
  test.afterAll(() => desk.stop())
  // Where the page opens by itself is the system's browser in Electron, which no test can hold.
  const opened = async (act: () => Promise<void>): Promise<Page> => {
    const [popup] = await Promise.all([desk.page.context().waitForEvent('page'), act()])
    await popup.waitForLoadState()
    return popup
  }

  test('goes from the first door to live accounts by mouse and keyboard, and resumes after it ended', async ({
    shell,
  }) => {
    test.skip(shell === 'electron', 'Electron opens the system’s browser, which this suite does not drive')
    test.setTimeout(240_000)
    const { page } = desk
    await expect(page.getByRole('heading', { name: /^Welcome/ })).toBeVisible({ timeout: 60_000 })
    await fine(page)

    await page.getByRole('button', { name: /^Sign in with SSO/ }).click()
    const adding = page.getByRole('dialog', { name: 'Sign in with IAM Identity Center' })
    await expect(adding).toBeVisible()
    await fine(page)
    await page.keyboard.press('Escape')
    await expect(adding).toBeHidden()

    const card = page.getByRole('listitem', { name: 'Sign-in local' })
    await expect(card).toContainText('Not signed in', { timeout: 60_000 })
    await fine(page)
    const portal = await opened(() => card.getByRole('button', { name: 'Sign in', exact: true }).click())
    await expect(card).toContainText('Sign in on the page that opened')
    await fine(page)
    await goOn(portal, desk, 'ada.okafor')
    await expect(portal.getByRole('heading', { name: 'Signed in' })).toBeVisible()
    expect(await violations(portal)).toEqual([])
    await portal.close()
    await expect(card).toContainText('Signed in until')

    // From here on the keyboard.
    await card.getByRole('button', { name: 'Choose accounts…' }).focus()
    await page.keyboard.press('Enter')
    const picker = page.getByRole('dialog', { name: 'Choose accounts of local' })
    await expect(picker.getByText('3 accounts', { exact: true })).toBeVisible()
    await picker.getByRole('searchbox').focus()
    await page.keyboard.type('admin')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(picker.getByRole('button', { name: 'Add 3 accounts' })).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(picker.getByRole('button', { name: 'Add 2 accounts' })).toBeVisible()
    await fine(page)
    await picker.getByLabel('Name of production in the desk').fill('live')
    await page.keyboard.press('Enter')
    await picker.getByRole('button', { name: 'Add 2 accounts' }).press('Enter')
    await expect(picker).toBeHidden()

    const live = page.getByRole('listitem', { name: 'Account live' })
    await expect(live).toContainText('AWSReservedSSO_')
    await expect(live).toContainText('ada.okafor')
    await fine(page)

    // Without a vault the desk forgets who signed in: one banner for both accounts, and nothing opens by itself.
    const again = await desk.restart()
    const banner = again.getByRole('alert').filter({ hasText: 'The sign-in to local has ended' })
    await expect(banner).toContainText('2 accounts', { timeout: 60_000 })
    await expect(banner).toContainText('live')
    expect(again.context().pages().length).toBe(1)
    await fine(again)
    const second = await opened(() => banner.getByRole('button', { name: 'Sign in' }).click())
    await goOn(second, desk, 'ada.okafor')
    await expect(banner).toBeHidden()
    await expect(again.getByRole('button', { name: /^live/ })).toBeVisible()
  })
})

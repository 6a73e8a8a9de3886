import { CodePipelineClient, CreatePipelineCommand, type PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { violations } from './axe.ts'
import { createRole, createSource, gated } from './bench/pipelines.ts'
import { cloudSettings } from './cloudSettings.ts'
import { expect, openDesk, test } from './desk.ts'

/** The gate may be entered when `Level` is released; by default it is a draft. */
function guarded(role: string): PipelineDeclaration {
  const whole = gated('guarded', role)
  const rule = {
    name: 'IsReleased',
    ruleTypeId: { category: 'Rule' as const, owner: 'AWS' as const, provider: 'VariableCheck', version: '1' },
    configuration: { Variable: '#{variables.Level}', Value: 'released', Operator: 'EQ' },
  }
  return {
    ...whole,
    variables: [{ name: 'Level', defaultValue: 'draft' }],
    stages: whole.stages?.map(stage =>
      stage.name === 'Gate' ? { ...stage, beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule] }] } } : stage,
    ),
  }
}

test('a failed entry condition says why, and is overridden by keyboard by whoever answers for it', async ({
  shell,
}) => {
  test.setTimeout(180_000)
  const desk = await openDesk(shell)
  try {
    const { page } = desk
    await expect(page.getByRole('grid', { name: 'Pipelines' })).toBeVisible({ timeout: 90_000 })
    const settings = await cloudSettings(desk.data, 'staging')
    await createSource(settings)
    const role = await createRole(settings, 'Guarded', 'codepipeline.amazonaws.com', ['s3:*'])
    const client = new CodePipelineClient(settings)
    await client.send(new CreatePipelineCommand({ pipeline: guarded(role) }))
    client.destroy()

    await page.evaluate(hash => {
      location.hash = hash
    }, '#/pipeline/444455556666/us-east-1/guarded')
    const condition = page.getByRole('button', { name: /^Entry condition of Gate, Failed/ })
    await expect(condition).toBeVisible({ timeout: 90_000 })
    await condition.click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await expect(inspector.getByRole('button', { name: /^Override condition/ })).toBeEnabled()
    await page.keyboard.press('o')
    const dialog = page.getByRole('dialog', { name: 'Override the entry condition of Gate' })
    await expect(dialog.getByText(/enters Gate although its entry condition is not met/)).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(dialog.getByText('Confirmed by AWS')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /^Entry condition of Gate, Overridden/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Gate stage, action Approve, waiting/ })).toBeVisible()
    await expect(inspector.getByRole('button', { name: /^Override condition/ })).toBeHidden()
  } finally {
    await desk.stop()
  }
})

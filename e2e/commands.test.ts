import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'commands-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

describe('a command of a checkout', () => {
  it('never installs through a link into the packages of another checkout', () => {
    const packages = join(place, 'elsewhere', 'node_modules')
    mkdirSync(join(packages, 'some-package'), { recursive: true })
    const checkout = join(place, 'checkout')
    cpSync(resolve('resources/scripts'), join(checkout, 'resources/scripts'), { recursive: true })
    writeFileSync(join(checkout, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}')
    symlinkSync(packages, join(checkout, 'node_modules'))

    const { status, stderr } = spawnSync(process.execPath, [join(checkout, 'resources/scripts/cloud.mjs')], {
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain(`node_modules is a link to ${packages}`)
    expect(existsSync(join(packages, 'some-package'))).toBe(true)
  })
})

import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createPackage, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '..')
const config: unknown = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
const node = process.execPath

/** What a fuse flipper looks for in Electron's program, then the wire's version, its length and its fuses, all off. */
const fuseWire = (count: number) =>
  Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, count]),
    Buffer.from('0'.repeat(count)),
  ])

/** A stand-in for Electron's Linux distribution: the files that electron-builder looks for, and no Electron. */
async function standInDistribution(folder: string) {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
    writeFileSync(join(folder, name), Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), fuseWire(9)]))
    chmodSync(join(folder, name), 0o755)
  }
  writeFileSync(
    join(folder, 'version'),
    JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version,
  )
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app/main.js'), '')
  await createPackage(join(folder, 'app'), join(folder, 'resources/default_app.asar'))
  rmSync(join(folder, 'app'), { recursive: true })
}

describe('the installers', () => {
  it('are described by a configuration that electron-builder accepts', async () => {
    const { validateConfiguration } = await import('app-builder-lib/out/util/config/config.js')
    const { DebugLogger } = await import('builder-util')
    await expect(validateConfiguration(config as never, new DebugLogger(false))).resolves.toBeUndefined()
  })

  it('exist for Linux, macOS and Windows, with an icon each', () => {
    expect(config).toMatchObject({
      linux: { target: [{ target: 'AppImage' }, { target: 'deb' }] },
      mac: { target: [{ target: 'dmg', arch: ['universal'] }] },
      win: { target: [{ target: 'nsis' }] },
    })
    expect(readFileSync(join(root, 'resources/icons/icon.icns')).toString('latin1', 0, 4)).toBe('icns')
    expect(readFileSync(join(root, 'resources/icons/icon.ico')).readUInt16LE(2)).toBe(1)
    expect(readFileSync(join(root, 'resources/icons/icon.png')).readUInt32BE(16)).toBe(1024)
  })
})

describe('a packed desk', () => {
  const work = mkdtempSync(join(tmpdir(), 'packaging-'))
  const packed = join(work, 'out/linux-unpacked')
  beforeAll(async () => {
    await promisify(execFile)(node, [join(root, 'resources/scripts/build.mjs')], { cwd: root })
    await standInDistribution(join(work, 'electron'))
    const builder = join(root, 'node_modules/electron-builder/out/cli/cli.js')
    const args = [builder, '--config', 'electron-builder.yml', '--linux', '--dir', '--publish', 'never']
    await promisify(execFile)(
      node,
      [...args, `-c.electronDist=${join(work, 'electron')}`, `-c.directories.output=${join(work, 'out')}`],
      { cwd: root },
    )
  }, 120_000)
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('holds what was built, the samples and the policies, and no package of node_modules', () => {
    const files = listPackage(join(packed, 'resources/app.asar'), { isPack: false })
    for (const file of [
      '/package.json',
      '/out/main/electron.js',
      '/out/main/cloud.js',
      '/out/preload/electron.cjs',
      '/out/renderer/index.html',
    ])
      expect(files).toContain(file)
    expect(files.some(file => file.startsWith('/resources/samples/'))).toBe(true)
    expect(files.some(file => file.startsWith('/resources/policies/'))).toBe(true)
    expect(
      files.filter(
        file => file.startsWith('/node_modules') || file.endsWith('.map') || /^\/out\/.*\.test\./.test(file),
      ),
    ).toEqual([])
    expect(existsSync(join(packed, 'resources/app.asar.unpacked'))).toBe(false)
  })

  it('has every fuse set as the configuration says', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'cloudpipelines'))
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ]
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]
    expect(on.map(fuse => wire[fuse])).toEqual(on.map(() => FuseState.ENABLE))
    expect(off.map(fuse => wire[fuse])).toEqual(off.map(() => FuseState.DISABLE))
  })
})

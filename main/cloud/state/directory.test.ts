import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DirectoryRefused, openDirectory } from './directory.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cloud-directory-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

describe('a cloud’s directory', () => {
  it('is made where it is missing, for nobody else to read', () => {
    const held = openDirectory(join(parent, 'a', 'b'))
    expect(statSync(held.path).mode & 0o777).toBe(0o700)
    held.release()
  })

  it('is held by one cloud at a time', () => {
    const held = openDirectory(parent)
    expect(() => openDirectory(parent)).toThrow(/Another local cloud is already running on/)
    held.release()
    openDirectory(parent).release()
  })

  it('is emptied by a reset', () => {
    openDirectory(parent).release()
    mkdirSync(join(parent, 's3'))
    writeFileSync(join(parent, 's3', 'object'), 'x')
    openDirectory(parent, { reset: true }).release()
    expect(existsSync(join(parent, 's3'))).toBe(false)
    expect(existsSync(join(parent, 'cloud.json'))).toBe(true)
  })

  it('is not touched by a reset while another cloud is on it', () => {
    const held = openDirectory(parent)
    writeFileSync(join(parent, 'state.db'), 'x')
    expect(() => openDirectory(parent, { reset: true })).toThrow(DirectoryRefused)
    expect(existsSync(join(parent, 'state.db'))).toBe(true)
    held.release()
  })

  it.each([{ reset: false }, { reset: true }])('is never somebody else’s directory (%j)', options => {
    writeFileSync(join(parent, 'thesis.txt'), 'x')
    expect(() => openDirectory(parent, options)).toThrow(/is not empty and not the directory of a local cloud/)
    expect(existsSync(join(parent, 'thesis.txt'))).toBe(true)
  })

  it('says in a sentence why it can’t be had', () => {
    writeFileSync(join(parent, 'file'), '')
    for (const path of [join(parent, 'file'), join(parent, 'file', 'below')]) {
      expect(() => openDirectory(path)).toThrow(DirectoryRefused)
      expect(() => openDirectory(path)).toThrow(/can't be used: .*; name another with --data\.$/)
    }
  })

  it.each(['{', '{"layout":99}', '[]'])('with the marker %j is left alone', marker => {
    writeFileSync(join(parent, 'cloud.json'), marker)
    expect(() => openDirectory(parent)).toThrow(/was written by a version/)
  })
})

import { describe, expect, it } from 'vitest'
import { findChromium, hasDisplay } from './chromiumWindow.ts'
import { securityHeaders } from './contentSecurity.ts'
import { defaultDataDirectory } from './dataDirectory.ts'
import { type MenuEntry, menuTemplate } from './menu.ts'
import { appOrigin, isOwnMainFrame } from './senderCheck.ts'

describe('the sender of a message', () => {
  it('must be the main frame of our own page', () => {
    expect(isOwnMainFrame({ origin: appOrigin, parent: null })).toBe(true)
    expect(isOwnMainFrame({ origin: appOrigin, parent: {} })).toBe(false)
    expect(isOwnMainFrame({ origin: 'app://other', parent: null })).toBe(false)
    expect(isOwnMainFrame(null)).toBe(false)
  })
})

describe('the page policy', () => {
  it('runs only our own scripts and asks for Trusted Types', () => {
    const policy = securityHeaders()['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|\*/)
  })
})

describe('the menu', () => {
  const flat = (entries: readonly MenuEntry[]): MenuEntry[] =>
    entries.flatMap(entry => [entry, ...flat(entry.submenu ?? [])])

  it('offers developer tools only while the build is not packaged', () => {
    const roles = (packaged: boolean) => flat(menuTemplate('linux', packaged)).map(entry => entry.role)
    expect(roles(false)).toContain('toggleDevTools')
    expect(roles(true)).not.toContain('toggleDevTools')
  })

  it('gives each shortcut once', () => {
    const keys = flat(menuTemplate('darwin', true)).flatMap(entry => entry.accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('the data directory', () => {
  it("is the system's own place", () => {
    expect(defaultDataDirectory('linux', {}, '/home/ann')).toBe('/home/ann/.local/share/cloudpipelines')
    expect(defaultDataDirectory('linux', { XDG_DATA_HOME: '/data' }, '/home/ann')).toBe('/data/cloudpipelines')
    expect(defaultDataDirectory('darwin', {}, '/Users/ann')).toBe(
      '/Users/ann/Library/Application Support/CloudPipelines',
    )
    expect(defaultDataDirectory('win32', { APPDATA: '/roaming' }, '/x')).toBe('/roaming/CloudPipelines')
  })
})

describe('the browser window', () => {
  it('needs a display on Linux', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('darwin', {})).toBe(true)
  })

  it('is not opened where there is no browser', () => {
    expect(findChromium('linux', { PATH: '/nonexistent' })).toBeUndefined()
  })
})

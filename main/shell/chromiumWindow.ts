import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'brave-browser'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['chrome.exe', 'msedge.exe'],
}

const executable = (file: string) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A Chromium-based browser on this machine, or undefined. */
export function findChromium(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  if (platform === 'win32') {
    for (const base of [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]) {
      if (base)
        folders.push(join(base, 'Google', 'Chrome', 'Application'), join(base, 'Microsoft', 'Edge', 'Application'))
    }
  }
  return (names[platform] ?? [])
    .flatMap(name => (name.startsWith('/') ? [name] : folders.map(folder => join(folder, name))))
    .find(executable)
}

/** Whether a window can be shown at all. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

export interface AppWindow {
  onClose(listener: () => void): void
  close(): void
}

/** Opens `url` as an app window of its own, with a profile of its own under `data`. */
export function openAppWindow(browser: string, url: string, data: string): AppWindow {
  const profile = join(data, 'window')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  const args = [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-sync',
  ]
  // Chromium has no sandbox for root; only then is it told to do without.
  if (process.getuid?.() === 0) args.push('--no-sandbox')
  const child = spawn(browser, args, { stdio: 'ignore' })
  const listeners: (() => void)[] = []
  const closed = () => {
    for (const listener of listeners.splice(0)) listener()
  }
  child.once('exit', closed)
  child.once('error', closed)
  return { onClose: listener => void listeners.push(listener), close: () => void child.kill() }
}

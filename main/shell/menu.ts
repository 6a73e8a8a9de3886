/** One entry, in the shape of Electron's MenuItemConstructorOptions as far as we use it. */
export interface MenuEntry {
  label?: string
  role?:
    | 'appMenu'
    | 'editMenu'
    | 'windowMenu'
    | 'about'
    | 'quit'
    | 'close'
    | 'reload'
    | 'togglefullscreen'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'toggleDevTools'
  type?: 'separator'
  accelerator?: string
  /** Renderer route to show. */
  route?: string
  submenu?: MenuEntry[]
}

/** The application menu. Screens are the renderer's own routes; developer tools only where the build is not packaged. */
export function menuTemplate(platform: NodeJS.Platform, packaged: boolean): MenuEntry[] {
  const mac = platform === 'darwin'
  const screens: MenuEntry[] = [
    { label: 'Fleet', accelerator: 'CmdOrCtrl+1', route: '#/fleet' },
    { label: 'Local Cloud', accelerator: 'CmdOrCtrl+2', route: '#/cloud' },
    { label: 'Accounts', accelerator: 'CmdOrCtrl+3', route: '#/accounts' },
    { label: 'Settings', accelerator: 'CmdOrCtrl+,', route: '#/settings' },
  ]
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ role: mac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...screens,
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(packaged
          ? []
          : [{ type: 'separator' } as const, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ]
}

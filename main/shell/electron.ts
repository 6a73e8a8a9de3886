import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  type MenuItemConstructorOptions,
  type MessagePortMain,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { type App, createApp } from '../app.ts'
import { messageOf, sentencesOf } from '../base/failure.ts'
import { supervise } from './childProcess.ts'
import { securityHeaders } from './contentSecurity.ts'
import { deepLinkIn, deepLinkScheme, routeOfDeepLink } from './deepLinks.ts'
import { printHidden } from './electronPrint.ts'
import { lockDown } from './electronSecurity.ts'
import { openVault } from './electronVault.ts'
import type { Host } from './host.ts'
import { fileLog, openCloudLog } from './log.ts'
import { type MenuEntry, menuTemplate } from './menu.ts'
import { mayNavigate, mayOpenOutside } from './navigation.ts'
import type { Port } from './portSocket.ts'
import { appOrigin, isOwnMainFrame } from './senderCheck.ts'
import { createPortCarrier } from './servePort.ts'
import { staticFile } from './staticFiles.ts'

const here = import.meta.dirname
const data = process.argv.includes('--data')
  ? (process.argv[process.argv.indexOf('--data') + 1] ?? app.getPath('userData'))
  : app.getPath('userData')
mkdirSync(data, { recursive: true, mode: 0o700 })
const { log, flush } = fileLog(data)
const cloudLog = openCloudLog(data)

app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

let desk: App | undefined
let window: BrowserWindow | undefined

/** Shows one of the renderer's routes. Routes come from our own menu and from parsed deep links, never raw. */
function show(route: string) {
  window?.show()
  window?.focus()
  window?.webContents.send('show', route)
}

function openDeepLink(link: string | undefined) {
  const route = link === undefined ? undefined : routeOfDeepLink(link)
  if (route) show(route)
  else if (link !== undefined) log('warn', 'A deep link was refused', { link })
  else window?.show()
}

function menuItems(entries: readonly MenuEntry[]): MenuItemConstructorOptions[] {
  return entries.map(({ route, submenu, ...entry }) => ({
    ...entry,
    ...(submenu && { submenu: menuItems(submenu) }),
    ...(route && { click: () => show(route) }),
  }))
}

function createWindow(): BrowserWindow {
  const made = new BrowserWindow({
    name: 'desk',
    windowStatePersistence: true,
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 520,
    show: false,
    title: 'CloudPipelines',
    backgroundColor: '#0f1419',
    webPreferences: {
      preload: join(here, '..', 'preload', 'electron.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  made.once('ready-to-show', () => made.show())
  made.once('closed', () => {
    window = undefined
  })
  void made.loadURL(`${appOrigin}/index.html`)
  return made
}

const portOf = (port: MessagePortMain): Port => ({
  send: text => port.postMessage(text),
  onMessage: listener => void port.on('message', event => listener(event.data)),
  onClose: listener => void port.on('close', listener),
  close: () => port.close(),
})

/** The page's preload sends one end of a channel; tRPC speaks over the other. */
function servePorts(router: App['router']) {
  const serve = createPortCarrier(router)
  ipcMain.on('rpc-port', event => {
    const [port] = event.ports
    if (!port) return
    if (!isOwnMainFrame(event.senderFrame)) {
      log('warn', 'A frame that is not ours asked for the desk', { origin: event.senderFrame?.origin })
      port.close()
      return
    }
    serve(portOf(port))
    port.start()
  })
}

async function start() {
  await app.whenReady()
  const headers = securityHeaders()
  protocol.handle('app', async request => {
    const file = mayNavigate(request.url)
      ? await staticFile(join(here, '..', 'renderer'), new URL(request.url).pathname)
      : undefined
    return file
      ? new Response(file.body, { headers: { ...headers, 'content-type': file.type } })
      : new Response('Not found', { status: 404, headers })
  })
  lockDown(session.defaultSession, what => log('warn', 'Refused to a page', { what }))
  const vault = await openVault()
  const host: Host = {
    name: 'electron',
    data,
    startCloud(args) {
      // A utility process ends with its parent by itself.
      const child = utilityProcess.fork(join(here, 'cloud.js'), [...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        serviceName: 'CloudPipelines local cloud',
      })
      child.stderr?.pipe(createWriteStream('', { fd: cloudLog, autoClose: false }))
      // utilityProcess.kill() is SIGTERM; a child that ignores it is ended by its pid.
      return supervise(child, name =>
        name === 'SIGTERM' || child.pid === undefined ? void child.kill() : process.kill(child.pid, name),
      )
    },
    ...(vault && { vault }),
    async openExternal(url) {
      if (mayOpenOutside(url)) await shell.openExternal(url)
      else log('warn', 'An outside link was refused', { url })
    },
    printPdf: printHidden,
    log,
  }
  desk = createApp(host)
  servePorts(desk.router)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuItems(menuTemplate(process.platform, app.isPackaged))))
  window = createWindow()
  await desk.start()
  openDeepLink(deepLinkIn(process.argv))
}

if (app.requestSingleInstanceLock()) {
  app.setAsDefaultProtocolClient(deepLinkScheme)
  app.on('second-instance', (_event, argv) => openDeepLink(deepLinkIn(argv)))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openDeepLink(link)
  })
  app.on('activate', () => {
    window ??= createWindow()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let stopped = false
  app.on('will-quit', event => {
    if (stopped || !desk) return
    event.preventDefault()
    void desk.stop().finally(() => {
      stopped = true
      flush()
      app.quit()
    })
  })
  start().catch((error: unknown) => {
    log('error', 'CloudPipelines could not start', { reason: messageOf(error) })
    process.stderr.write(`CloudPipelines could not start: ${sentencesOf(error)}\n`)
    // Who started it from a menu sees no terminal.
    dialog.showErrorBox('CloudPipelines could not start', sentencesOf(error))
    app.exit(1)
  })
} else {
  app.quit()
}

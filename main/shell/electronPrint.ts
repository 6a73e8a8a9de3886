import { randomUUID } from 'node:crypto'
import { BrowserWindow, session } from 'electron'

const page = 'report://page/'

/**
 * Prints a page as PDF in a window that nobody sees: a session of its own in memory, no script, no preload, and no
 * request but for the page itself, which comes from memory (a `data:` address may not be longer than 2 MB).
 */
export async function printHidden(html: string): Promise<Uint8Array> {
  const own = session.fromPartition(`print-${randomUUID()}`, { cache: false })
  own.protocol.handle('report', () => new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }))
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== page }))
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      javascript: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  })
  try {
    await window.loadURL(page)
    return await window.webContents.printToPDF({ landscape: true, printBackground: true, preferCSSPageSize: true })
  } finally {
    window.destroy()
    own.protocol.unhandle('report')
  }
}

import { app, type Session, shell } from 'electron'
import { mayLoad, mayNavigate, mayOpenOutside } from './navigation.ts'

/** Denies every page whatever the desk does not need: navigation, windows, webviews, permissions, foreign requests. */
export function lockDown(session: Session, onRefused: (what: string) => void) {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !mayLoad(url, app.isPackaged)
    if (cancel) onRefused(`request to ${url}`)
    answer({ cancel })
  })
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; url: string }) => {
      if (mayNavigate(event.url)) return
      event.preventDefault()
      onRefused(`navigation to ${event.url}`)
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', event => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url)
      else onRefused(`window for ${url}`)
      return { action: 'deny' }
    })
  })
}

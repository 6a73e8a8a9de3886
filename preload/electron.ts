import { contextBridge, ipcRenderer } from 'electron'

// contextBridge can't hand over ports: the page gets its end by a message from its own window.
const { port1, port2 } = new MessageChannel()
ipcRenderer.postMessage('rpc-port', null, [port1])
window.addEventListener('load', () => window.postMessage('rpc-port', location.origin, [port2]), { once: true })

// The menu and deep links name one of the page's own routes; the main process parsed it.
contextBridge.exposeInMainWorld('desk', {
  onShow: (listener: (route: string) => void) => {
    ipcRenderer.on('show', (_event, route: unknown) => {
      if (typeof route === 'string' && route.startsWith('#/')) listener(route)
    })
  },
})

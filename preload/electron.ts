import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('desk', {
  // A port serves one connection. contextBridge can't hand it over: the page gets its end by a message of its own window.
  askPort: () => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage('rpc-port', null, [port1])
    window.postMessage('rpc-port', location.origin, [port2])
  },
  // The menu and deep links name one of the page's own routes; the main process parsed it.
  onShow: (listener: (route: string) => void) => {
    ipcRenderer.on('show', (_event, route: unknown) => {
      if (typeof route === 'string' && route.startsWith('#/')) listener(route)
    })
  },
})

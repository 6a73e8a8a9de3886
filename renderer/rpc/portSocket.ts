import type { DeskPage } from './deskPage.ts'

/**
 * A MessagePort in the shape of the browser's WebSocket, as far as tRPC's client looks: it opens when the port has
 * come, sends and receives text, and closes. The server's half is `main/shell/portSocket.ts`.
 */
export function portSocket(portToMain: () => Promise<MessagePort>): typeof WebSocket {
  class PortSocket extends EventTarget {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readonly CONNECTING = PortSocket.CONNECTING
    readonly OPEN = PortSocket.OPEN
    readonly CLOSING = PortSocket.CLOSING
    readonly CLOSED = PortSocket.CLOSED
    readyState: number = PortSocket.CONNECTING
    #port: MessagePort | undefined

    constructor() {
      super()
      void portToMain().then(port => {
        this.#port = port
        port.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
          this.dispatchEvent(new MessageEvent('message', { data })),
        )
        port.addEventListener('close', () => this.#closed())
        port.start()
        // tRPC adds its listener for `open` after a microtask: an earlier event would be missed and the client hang.
        setTimeout(() => {
          if (this.readyState !== PortSocket.CONNECTING) return
          this.readyState = PortSocket.OPEN
          this.dispatchEvent(new Event('open'))
        }, 0)
      })
    }

    send(data: string) {
      this.#port?.postMessage(data)
    }

    close() {
      this.#port?.close()
      this.#closed()
    }

    #closed() {
      if (this.readyState === PortSocket.CLOSED) return
      this.readyState = PortSocket.CLOSED
      this.dispatchEvent(new CloseEvent('close'))
    }
  }
  // tRPC types its socket as the browser's own; it uses no more of it than is here.
  return PortSocket as unknown as typeof WebSocket
}

/** The port that the preload hands to the page, a new one for each connection that asks. */
export function portsOf(page: DeskPage): () => Promise<MessagePort> {
  const waiting: ((port: MessagePort) => void)[] = []
  page.addEventListener('message', ({ source, origin, data, ports }) => {
    const [port] = ports
    if (source !== page || origin !== page.location.origin || data !== 'rpc-port' || !port) return
    waiting.shift()?.(port)
  })
  return () =>
    new Promise(resolve => {
      waiting.push(resolve)
      page.desk?.askPort()
    })
}

import { EventEmitter } from 'node:events'
import { maxFrame } from './frames.ts'

/** What Electron's MessagePortMain and Node's MessagePort have in common, after a line of adapting each. */
export interface Port {
  send(data: string): void
  onMessage(listener: (data: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

const states = { OPEN: 1, CLOSED: 3 } as const

/** A MessagePort in the shape of `ws`'s socket, so that tRPC's WebSocket handler serves it unchanged. */
export class PortSocket extends EventEmitter {
  readonly OPEN = states.OPEN
  readyState: number = states.OPEN
  readonly #port: Port

  constructor(port: Port) {
    super()
    this.#port = port
    port.onMessage(data => {
      if (typeof data !== 'string' || data.length > maxFrame) return this.close()
      this.emit('message', Buffer.from(data), false)
    })
    port.onClose(() => this.#closed())
  }

  send(data: string) {
    if (this.readyState === states.OPEN) this.#port.send(data)
  }

  close() {
    this.#port.close()
    this.#closed()
  }

  terminate() {
    this.close()
  }

  #closed() {
    if (this.readyState === states.CLOSED) return
    this.readyState = states.CLOSED
    this.emit('close')
  }
}

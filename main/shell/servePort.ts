import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { AnyRouter } from '@trpc/server'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Port, PortSocket } from './portSocket.ts'

/** Serves the router over a MessagePort with the very handler, and so the very frames, of the WebSocket. */
export function createPortCarrier(router: AnyRouter): (port: Port) => void {
  const connect = getWSConnectionHandler({ router, wss: new WebSocketServer({ noServer: true }) })
  return port => {
    const request = new IncomingMessage(new Socket())
    request.url = '/trpc'
    // tRPC types its socket as ws's own class but uses only what PortSocket has; the carrier suite holds that.
    connect(new PortSocket(port) as unknown as WebSocket, request)
  }
}

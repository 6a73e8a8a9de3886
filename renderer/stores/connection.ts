import { create } from 'zustand'
import type { Connection } from '../rpc/client.ts'

/** Whether main can be heard. While it can't, what is known stays on screen, greyed. */
export const useConnection = create<Connection>(() => ({ state: 'connecting' }))

import { useConnection } from '../stores/connection.ts'
import { connect } from './client.ts'

/** The page's one connection to main. */
export const rpc = connect(window, connection => useConnection.setState(connection, true))

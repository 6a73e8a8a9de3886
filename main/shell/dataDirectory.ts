import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the desk keeps its data when nobody says: the system's own place for it. */
export function defaultDataDirectory(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home = homedir()): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'CloudPipelines')
    case 'win32':
      return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'CloudPipelines')
    default:
      return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'cloudpipelines')
  }
}

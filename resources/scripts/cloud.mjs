// npm run cloud: the local cloud alone, for the AWS CLI, SDKs and Terraform. Options after "--" are main/cloud/main.ts's own.
import { join } from 'node:path'
import { ensureDebian, ensureReady, root, run } from './bootstrap.mjs'

const node = ensureReady()
if (process.platform === 'linux') ensureDebian({ bwrap: 'bubblewrap' })
process.exit(await run(node, [join(root, 'main/cloud/main.ts'), ...process.argv.slice(2)]))

// Checks the templates: well-formed, every resource with a type, and (with --open-ports) no port open to the world but 443.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ports = process.argv.includes('--open-ports')
const folder = process.argv.slice(2).find(argument => !argument.startsWith('--')) ?? 'templates'
const findings = []
for (const name of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const template = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  for (const [id, resource] of Object.entries(template.Resources ?? {})) {
    if (!resource.Type) findings.push(`${name}: ${id} has no Type`)
    for (const rule of (ports && resource.Properties?.SecurityGroupIngress) || []) {
      if (rule.CidrIp === '0.0.0.0/0' && rule.FromPort !== 443) findings.push(`${name}: ${id} opens port ${rule.FromPort} to the world`)
    }
  }
  console.log(`${name}: ${Object.keys(template.Resources ?? {}).length} resources`)
}
for (const finding of findings) console.error(`ERROR ${finding}`)
process.exit(findings.length > 0 ? 1 : 0)

// Writes the table of CodePipeline's operations into the README of the local cloud. Run it with: npx node resources/scripts/operations.mjs
import { writeFileSync } from 'node:fs'
import { readReadme, withTable } from '../../main/cloud/services/codepipeline/operationsTable.testing.ts'

writeFileSync(new URL('../../main/cloud/README.md', import.meta.url), withTable(readReadme()))

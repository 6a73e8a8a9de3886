import { rm } from 'node:fs/promises'
import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/failure.ts'
import type { CloudDatabase } from '../state/database.ts'
import { createArtifactBucket, createRoles } from './foundations.ts'
import { writePast } from './past.ts'
import { chapters } from './story.ts'
import { createWorld, type Place, type SampleCloud } from './world.ts'

const places: readonly Place[] = ['tooling', 'staging', 'production']
const regions = ['us-east-1', 'eu-west-1']

/**
 * Pushes the sample repositories and brings their pipelines into every state that a person meets, once for each data
 * directory; what was interrupted goes on at the next start. It is an ordinary client of the cloud: SDK and git.
 */
export async function loadSamples(
  cloud: SampleCloud,
  database: CloudDatabase,
  clock: Clock,
  tell: (line: string) => void,
): Promise<void> {
  database.migrate('samples', ['CREATE TABLE sample_chapter (name TEXT PRIMARY KEY) STRICT'])
  const done = (name: string) => database.get('SELECT 1 FROM sample_chapter WHERE name = ?', name) !== undefined
  const finish = (name: string) => database.run('INSERT OR IGNORE INTO sample_chapter (name) VALUES (?)', name)
  if (chapters.every(({ name }) => done(name))) return
  const world = createWorld(cloud)
  if (!world) {
    tell('No samples: they need a development, a staging and a production account.')
    return
  }
  try {
    if (!done('foundations')) {
      for (const place of places) {
        await createRoles(world, place)
        for (const region of regions) await createArtifactBucket(world, place, region)
      }
      finish('foundations')
    }
    await Promise.all(
      chapters
        .filter(({ name }) => !done(name))
        .map(async chapter => {
          try {
            await chapter.tell(world, async (step, work) => {
              if (done(`${chapter.name}/${step}`)) return
              await work()
              finish(`${chapter.name}/${step}`)
            })
            database.transaction(() => {
              writePast(
                database,
                { account: world.account(chapter.place).id, region: chapter.region, name: chapter.name },
                clock.now(),
                chapter.past,
              )
              finish(chapter.name)
            })
          } catch (error) {
            if (!cloud.signal.aborted)
              tell(`The sample ${chapter.name} is incomplete and goes on at the next start: ${messageOf(error)}`)
          }
        }),
    )
  } finally {
    world.close()
    await rm(cloud.scratch, { recursive: true, force: true })
  }
}

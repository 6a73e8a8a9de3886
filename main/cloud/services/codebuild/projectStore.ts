import type { Project } from '@aws-sdk/client-codebuild'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type ProjectBody, projectBody } from './projectBody.ts'

interface ProjectRow {
  name: string
  created: Millis
  modified: Millis
  body: string
}

export interface StoredProject {
  name: string
  arn: string
  created: Millis
  modified: Millis
  body: ProjectBody
}

/** Rows of projects. */
export interface ProjectStore {
  get(account: string, region: string, name: string): StoredProject | undefined
  list(account: string, region: string): { name: string; created: Millis; modified: Millis }[]
  insert(account: string, region: string, body: ProjectBody, at: Millis): void
  update(account: string, region: string, body: ProjectBody, at: Millis): void
  delete(account: string, region: string, name: string): void
  /** The number of the project's next build; counts on. */
  nextBuildNumber(account: string, region: string, name: string): number
}

export const projectArn = (account: string, region: string, name: string) =>
  `arn:aws:codebuild:${region}:${account}:project/${name}`

/** Makes the store over the cloud's database; the tables are there already. */
export function projectStore(database: CloudDatabase): ProjectStore {
  const key = 'account = ? AND region = ? AND name = ?'
  return {
    get(account, region, name) {
      const row = database.get<ProjectRow>(`SELECT * FROM codebuild_project WHERE ${key}`, account, region, name)
      if (!row) return undefined
      const { created, modified, body } = row
      return {
        name,
        arn: projectArn(account, region, name),
        created,
        modified,
        body: projectBody.parse(JSON.parse(body)),
      }
    },
    list: (account, region) =>
      database.all(
        'SELECT name, created, modified FROM codebuild_project WHERE account = ? AND region = ?',
        account,
        region,
      ),
    insert(account, region, body, at) {
      database.run(
        'INSERT INTO codebuild_project (account, region, name, created, modified, body) VALUES (?, ?, ?, ?, ?, ?)',
        account,
        region,
        body.name,
        at,
        at,
        JSON.stringify(body),
      )
    },
    update(account, region, body, at) {
      database.run(
        `UPDATE codebuild_project SET body = ?, modified = ? WHERE ${key}`,
        JSON.stringify(body),
        at,
        account,
        region,
        body.name,
      )
    },
    delete(account, region, name) {
      database.run(`DELETE FROM codebuild_project WHERE ${key}`, account, region, name)
    },
    nextBuildNumber(account, region, name) {
      return database.transaction(() => {
        database.run(`UPDATE codebuild_project SET builds = builds + 1 WHERE ${key}`, account, region, name)
        const row = database.get<{ builds: number }>(
          `SELECT builds FROM codebuild_project WHERE ${key}`,
          account,
          region,
          name,
        )
        return row?.builds ?? 1
      })
    },
  }
}

/** A project as the API gives it. */
export function toProject({ arn, created, modified, body }: StoredProject): Project {
  return {
    queuedTimeoutInMinutes: 480,
    timeoutInMinutes: 60,
    cache: { type: 'NO_CACHE' },
    badge: { badgeEnabled: false },
    projectVisibility: 'PRIVATE',
    // It came in through the SDK's own model, the members that the schema does not name as well.
    ...(body as Partial<Project>),
    arn,
    created: new Date(created),
    lastModified: new Date(modified),
  }
}

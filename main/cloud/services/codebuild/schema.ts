import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE codebuild_project (
     account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
     created INTEGER NOT NULL, modified INTEGER NOT NULL, builds INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL,
     PRIMARY KEY (account, region, name));
   CREATE TABLE codebuild_build (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE,
     account TEXT NOT NULL, region TEXT NOT NULL, project TEXT NOT NULL, uuid TEXT NOT NULL,
     token TEXT, started INTEGER NOT NULL, ended INTEGER, pid INTEGER, pidStarted TEXT, body TEXT NOT NULL);
   CREATE INDEX codebuild_build_of_project ON codebuild_build (account, region, project, sequence);
   CREATE INDEX codebuild_build_alive ON codebuild_build (ended) WHERE ended IS NULL;
   CREATE INDEX codebuild_build_token ON codebuild_build (account, region, project, token) WHERE token IS NOT NULL;
   CREATE TABLE codebuild_report_group (
     arn TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
     type TEXT NOT NULL, created INTEGER NOT NULL);
   CREATE TABLE codebuild_report (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE,
     groupArn TEXT NOT NULL REFERENCES codebuild_report_group (arn), buildArn TEXT NOT NULL,
     status TEXT NOT NULL, created INTEGER NOT NULL, summary TEXT NOT NULL);
   CREATE TABLE codebuild_test_case (
     id INTEGER PRIMARY KEY AUTOINCREMENT, reportArn TEXT NOT NULL REFERENCES codebuild_report (arn),
     status TEXT NOT NULL, body TEXT NOT NULL);
   CREATE INDEX codebuild_test_case_of_report ON codebuild_test_case (reportArn, id);`,
]

/** Makes the tables of this room. */
export function migrateCodeBuild(database: CloudDatabase): void {
  database.migrate('codebuild', steps)
}

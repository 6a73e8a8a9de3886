import { moment, oneOf, structure, text, whole } from './constraints.ts'

/** What workers say of a job, for jobs of custom actions and of partners. */

export const currentRevision = () =>
  structure({
    revision: text(1, 1500),
    changeIdentifier: text(1, 100),
    created: moment().optional(),
    revisionSummary: text(1, 2048).optional(),
  }).optional()

export const continuationToken = () => text(1, 2048).optional()

export const executionDetails = () =>
  structure({
    summary: text(1, 2048).optional(),
    externalExecutionId: text(1, 1500).optional(),
    percentComplete: whole(0, 100).optional(),
  }).optional()

export const failureDetails = () =>
  structure({
    type: oneOf(
      'JobFailed',
      'ConfigurationError',
      'PermissionError',
      'RevisionOutOfSync',
      'RevisionUnavailable',
      'SystemUnavailable',
    ),
    message: text(1, 5000),
    externalExecutionId: text(1, 1500).optional(),
  })

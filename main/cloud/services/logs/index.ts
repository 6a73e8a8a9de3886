import type { Clock } from '../../../base/clock.ts'
import type { Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { createLogGroup } from './createLogGroup.ts'
import { createLogStream } from './createLogStream.ts'
import { deleteLogGroup } from './deleteLogGroup.ts'
import { deleteLogStream } from './deleteLogStream.ts'
import { deleteRetentionPolicy } from './deleteRetentionPolicy.ts'
import { describeLogGroups } from './describeLogGroups.ts'
import { describeLogStreams } from './describeLogStreams.ts'
import { filterLogEvents } from './filterLogEvents.ts'
import { getLogEvents } from './getLogEvents.ts'
import { listTagsForResource } from './listTagsForResource.ts'
import { type LogStore, logStore } from './logStore.ts'
import { putLogEvents } from './putLogEvents.ts'
import { putRetentionPolicy } from './putRetentionPolicy.ts'
import { migrateLogs } from './schema.ts'
import { tagResource } from './tagResource.ts'
import { untagResource } from './untagResource.ts'
import { type LogWriter, logWriter } from './writer.ts'

/** What the service lends its operations. */
export interface Logs {
  store: LogStore
}

const operations = {
  CreateLogGroup: createLogGroup,
  CreateLogStream: createLogStream,
  DeleteLogGroup: deleteLogGroup,
  DeleteLogStream: deleteLogStream,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  ListTagsForResource: listTagsForResource,
  PutLogEvents: putLogEvents,
  PutRetentionPolicy: putRetentionPolicy,
  TagResource: tagResource,
  UntagResource: untagResource,
}

/** CloudWatch Logs, and how the cloud's other services write to it. */
export function createLogs(options: { database: CloudDatabase; clock: Clock }): {
  service: Service<Logs>
  writer: LogWriter
} {
  migrateLogs(options.database)
  const store = logStore(options.database)
  store.expire(options.clock.now())
  return {
    service: { name: 'logs', lends: { store }, operations },
    writer: logWriter(store, options.clock),
  }
}

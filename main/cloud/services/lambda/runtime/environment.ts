import type { CloudAccess } from '../../codebuild/runner/environment.ts'
import { logGroupOf, type StoredFunction } from '../model.ts'
import { latest } from '../names.ts'

/** A function's whole environment: nothing of the cloud's own reaches it. */
export function environmentOf(around: {
  stored: StoredFunction
  access: CloudAccess
  logStream: string
  taskRoot: string
  runtimeRoot: string
  nodePath: string | undefined
}): Record<string, string> {
  const { stored, access, logStream, taskRoot, runtimeRoot, nodePath } = around
  const { name, region, settings } = stored
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: '/tmp',
    AWS_ENDPOINT_URL: access.endpoint,
    ...(nodePath !== undefined && { NODE_PATH: nodePath }),
    // What a function may set itself ends here: the rest is Lambda's own.
    ...settings.Environment?.Variables,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
    AWS_SESSION_TOKEN: access.sessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: latest,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(stored),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: runtimeRoot,
    _HANDLER: settings.Handler,
  }
}

import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { logGroupOf, type StoredFunction } from './model.ts'
import { functionArn, latest } from './names.ts'

/** A function as the API gives it. */
export function configurationOf(stored: StoredFunction): FunctionConfiguration {
  const { settings, code, modified, revision, name } = stored
  const { Environment: environment, LoggingConfig: logging, ...rest } = settings
  return {
    // It came in through the SDK's own model, the members that the schema does not name as well.
    ...(rest as Partial<FunctionConfiguration>),
    ...(environment?.Variables && { Environment: { Variables: environment.Variables } }),
    FunctionName: name,
    FunctionArn: functionArn(stored),
    CodeSize: code.size,
    CodeSha256: code.hash,
    LastModified: new Date(modified).toISOString().replace('Z', '+0000'),
    Version: latest,
    RevisionId: revision,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    LoggingConfig: { LogFormat: 'Text', ...logging, LogGroup: logGroupOf(stored) },
    TracingConfig: { Mode: 'PassThrough', ...(settings.TracingConfig as object | undefined) },
    Architectures: (settings.Architectures as FunctionConfiguration['Architectures']) ?? ['x86_64'],
    EphemeralStorage: { Size: 512, ...(settings.EphemeralStorage as object | undefined) },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  }
}

/**
 * Calls that AWS counts as data events, which no event history holds (CloudTrail user guide, "Logging data events").
 * By IAM's service prefix.
 */
const dataEvents: Readonly<Record<string, RegExp>> = {
  s3: /^(Get|Head|Put|Delete|Copy|Restore)Objects?(Tagging|Acl|Attributes)?$|^List(Objects(V2)?|ObjectVersions|Parts|MultipartUploads)$|^(Create|Complete|Abort)MultipartUpload$|^UploadPart(Copy)?$/,
  sqs: /^(Send|Receive|Delete)Message(Batch)?$|^ChangeMessageVisibility(Batch)?$/,
  sns: /^Publish(Batch)?$/,
  logs: /^(Put|Get|Filter)LogEvents$/,
  cloudwatch: /^(PutMetricData|GetMetricData|GetMetricStatistics|ListMetrics)$/,
  events: /^(PutEvents|TestEventPattern)$/,
  lambda: /^Invoke(Async)?$/,
  // Whose these are only Identity Center knows: it tells of them by itself (`identity/trail.ts`).
  sso: /^/,
  'sso-oidc': /^/,
}

export const isManagementEvent = (service: string, operation: string) => !dataEvents[service]?.test(operation)

/** AWS marks calls that change nothing as read-only; their names tell. */
export const isReadOnly = (operation: string) =>
  /^(AssumeRole|GitPull|Get|List|Describe|BatchGet|Lookup|Head|Simulate|Filter|Search|Test)/.test(operation)

/** Lambda's events carry the version of its API in their names. UNCONFIRMED which have the `v2`. */
const lambdaVersions: readonly (readonly [RegExp, string])[] = [
  [/^(Create|Delete)Function$|^ListFunctions$/, '20150331'],
  [/^ListTags$/, '20170331'],
  [/^(Tag|Untag)Resource$/, '20170331v2'],
  [/^/, '20150331v2'],
]

/** An operation's name in CloudTrail. */
export function eventName(service: string, operation: string): string {
  if (service !== 'lambda') return operation
  return operation + (lambdaVersions.find(([names]) => names.test(operation))?.[1] ?? '')
}

/**
 * Polls of job workers that bring nothing: IAM counts the operation among those that write, and UNCONFIRMED so does
 * CloudTrail, but a worker asks every few seconds. They are kept as reads are.
 */
export const isIdlePoll = (operation: string, output: object) =>
  operation === 'PollForJobs' && 'jobs' in output && Array.isArray(output.jobs) && output.jobs.length === 0

/** Where IAM's prefix and the event source part ways. */
const sources: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring.amazonaws.com',
  'sso-oidc': 'sso.amazonaws.com',
}

export const eventSource = (service: string) => sources[service] ?? `${service}.amazonaws.com`

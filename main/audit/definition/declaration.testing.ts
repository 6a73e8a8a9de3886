import fc from 'fast-check'
import type { Declaration } from '../../../preload/contract/declaration.ts'

const name = fc.constantFrom('Source', 'Build', 'Test', 'Approve', 'Release', 'Deploy', 'Prod')
const text = fc.string({ minLength: 1, maxLength: 8 })
const type = fc.constantFrom(
  { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
  { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
  { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
)
const optional = { requiredKeys: [] as never[] }
const role = fc.constantFrom('arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b')

const action = fc
  .tuple(
    fc.record({ name, actionTypeId: type }),
    fc.record(
      {
        runOrder: fc.integer({ min: 1, max: 4 }),
        configuration: fc.dictionary(fc.constantFrom('BranchName', 'RepositoryName', 'ProjectName'), text),
        roleArn: role,
        region: fc.constantFrom('us-east-1', 'eu-west-1'),
        inputArtifacts: fc.array(fc.record({ name: text }), { maxLength: 2 }),
        namespace: text,
      },
      optional,
    ),
  )
  .map(([always, sometimes]) => ({ ...always, ...sometimes }))

const conditions = fc.record(
  { result: fc.constantFrom('FAIL', 'ROLLBACK'), conditions: fc.constant([{ result: 'FAIL', rules: [] }]) },
  optional,
)
const stage = fc
  .tuple(
    fc.record({
      name,
      actions: fc.uniqueArray(action, { selector: each => each.name, maxLength: 5 }),
    }),
    fc.record({ beforeEntry: conditions, onSuccess: conditions, onFailure: conditions }, optional),
  )
  .map(([always, sometimes]) => ({ ...always, ...sometimes }))
const store = fc.record({ type: fc.constant('S3'), location: text })

/** Any definition whose names are unique where AWS wants them to be. */
export const arbitraryDeclaration: fc.Arbitrary<Declaration> = fc
  .tuple(
    fc.record({
      name: fc.constant('payments'),
      roleArn: role,
      stages: fc.uniqueArray(stage, { selector: each => each.name, maxLength: 6 }),
    }),
    fc.record(
      {
        version: fc.integer({ min: 1, max: 9 }),
        executionMode: fc.constantFrom('QUEUED', 'PARALLEL'),
        pipelineType: fc.constantFrom('V1', 'V2'),
        artifactStore: store,
        artifactStores: fc.dictionary(fc.constantFrom('us-east-1', 'eu-west-1'), store),
        variables: fc.uniqueArray(fc.record({ name, defaultValue: text }), { selector: each => each.name }),
        triggers: fc.array(
          fc.record({
            providerType: fc.constant('CodeStarSourceConnection'),
            gitConfiguration: fc.record({ sourceActionName: name, push: fc.array(fc.constant({}), { maxLength: 2 }) }),
          }),
          { maxLength: 3 },
        ),
      },
      optional,
    ),
  )
  .map(([always, sometimes]): Declaration => JSON.parse(JSON.stringify({ ...always, ...sometimes })))

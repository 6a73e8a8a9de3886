/** The policies that AWS itself keeps in every account, as far as the local cloud has them: name to document. */
export const awsManagedPolicies: Readonly<Record<string, string>> = {
  AdministratorAccess: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
  ReadOnlyAccess: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['*:Get*', '*:List*', '*:Describe*', '*:BatchGet*', 'logs:FilterLogEvents', 'cloudtrail:LookupEvents'],
        Resource: '*',
      },
    ],
  }),
}

import { nanoSeconds, ReportError, type TestCase } from './testCase.ts'
import { elements, readXml, type XmlElement } from './xml.ts'

/** Reads JUnit XML: `testsuites` or a `testsuite` alone, suites within suites, cases beside suites. */
export function readJunit(text: string, file: string): TestCase[] {
  const [root] = elements(readXml(text), ['testsuites', 'testsuite'])
  if (!root) throw new ReportError('it holds neither testsuites nor testsuite')
  return casesOf(root, root.attributes['name'] ?? '', file)
}

function casesOf(parent: XmlElement, suite: string, file: string): TestCase[] {
  return parent.children.flatMap(child => {
    if (child.name === 'testsuite') return casesOf(child, child.attributes['name'] ?? suite, file)
    if (child.name === 'testcase') return [caseOf(child, suite, file)]
    return []
  })
}

function caseOf(element: XmlElement, suite: string, file: string): TestCase {
  const { name = '', classname = '', time } = element.attributes
  const [bad] = elements(element, ['failure', 'error'])
  const [skipped] = elements(element, ['skipped'])
  const status = bad ? (bad.name === 'error' ? 'ERROR' : 'FAILED') : skipped ? 'SKIPPED' : 'SUCCEEDED'
  const reason = bad ?? skipped
  const message = [reason?.attributes['message'], reason?.text]
    .filter(part => part !== undefined && part !== '')
    .join('\n')
  return {
    name,
    prefix: classname,
    suite,
    status,
    durationInNanoSeconds: nanoSeconds(time),
    message: message.trim(),
    rawDataPath: file,
  }
}

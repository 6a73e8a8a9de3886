import { ArrowDownToLine, CircleX, WrapText } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { IconButton } from '../../../components/Button.tsx'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { classNames } from '../../../components/classNames.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { formatNumber } from '../../../format/number.ts'
import { useCommands } from '../../../stores/commands.ts'
import { announce } from '../../../stores/status.ts'
import { arrange, useScreen } from '../screenStore.ts'
import { findInLog, firstError, type Match, matchFrom } from './findInLog.ts'
import { LogLine } from './LogLine.tsx'
import { LogSearch } from './LogSearch.tsx'
import css from './log.module.css'
import type { Log } from './useLog.ts'
import { useScrolling } from './useScrolling.ts'

const noneFound: readonly Match[] = []

export interface LogViewProps {
  log: Log
  /** Names of failed tests: where they are known, the first error is theirs. */
  failedTests: readonly string[]
  /** The action failed: the log opens at its first error rather than at its end. */
  failed: boolean
}

/** An action's log: live, in its colours, searchable, smooth at 100,000 lines. */
export function LogView({ log, failedTests, failed }: LogViewProps) {
  const wrap = useScreen(state => state.wrapLog)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<number>()
  const [jumpedTo, setJumpedTo] = useState<{ line: number; by: 'error' | 'search' }>()
  const search = useRef<HTMLInputElement>(null)
  const { lines } = log
  const count = lines.length
  const scrolling = useScrolling(count, wrap, !failed)
  const { element, virtualizer, following, setFollowing, goTo } = scrolling

  // The lines grow in place: their count is what changes.
  const matches = useMemo(() => findInLog(lines.slice(0, count), query), [lines, count, query])
  const byLine = useMemo(() => Map.groupBy(matches, found => found.line), [matches])
  const longest = useMemo(
    () => lines.slice(0, count).reduce((most, { plain }) => Math.max(most, plain.length), 0),
    [lines, count],
  )
  const match = chosen === undefined ? undefined : matches[chosen]

  const jumpToError = () => {
    const errorAt = firstError(lines, failedTests)
    if (errorAt === undefined) return announce('No line of this log looks like an error')
    setJumpedTo({ line: errorAt, by: 'error' })
    goTo(errorAt)
  }
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || !failed || !log.ended) return
    opened.current = true
    jumpToError()
  })
  const step = (by: 1 | -1) => {
    const next = matchFrom(matches, chosen, by)
    const found = next === undefined ? undefined : matches[next]
    if (!found) return
    setChosen(next)
    setJumpedTo({ line: found.line, by: 'search' })
    goTo(found.line)
  }
  useCommands([
    {
      id: 'log-search',
      title: 'Search the log',
      group: 'Log',
      keys: ['/', 'Mod+F'],
      run: () => search.current?.focus(),
    },
    { id: 'log-error', title: 'Jump to the first error', group: 'Log', run: jumpToError },
  ])

  if (count === 0) return <NoLines log={log} />
  return (
    <div className={css.view}>
      <div className={css.bar}>
        <LogSearch
          ref={search}
          query={query}
          onQuery={text => {
            setQuery(text)
            setChosen(undefined)
          }}
          chosen={chosen}
          count={matches.length}
          onStep={step}
        />
        <IconButton label="Jump to the first error" onClick={jumpToError}>
          <CircleX size={14} aria-hidden />
        </IconButton>
        <IconButton label="Wrap long lines" aria-pressed={wrap} onClick={() => arrange({ wrapLog: !wrap })}>
          <WrapText size={14} aria-hidden />
        </IconButton>
        <IconButton label="Follow the end" aria-pressed={following} onClick={() => setFollowing(!following)}>
          <ArrowDownToLine size={14} aria-hidden />
        </IconButton>
        <CopyButton text={lines.map(({ plain }) => plain).join('\n')} what="the log" />
      </div>
      {log.failure && <FailureNotice failure={log.failure} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <section ref={element} className={css.scroll} aria-label="Log" tabIndex={0}>
        <div
          className={classNames(css.lines, wrap && css.wrap)}
          style={{ height: virtualizer.getTotalSize(), ...(!wrap && { minWidth: `${longest + 10}ch` }) }}
        >
          {virtualizer.getVirtualItems().map(item => {
            const line = lines[item.index]
            return (
              line && (
                <div
                  key={item.key}
                  ref={wrap ? virtualizer.measureElement : null}
                  data-index={item.index}
                  className={css.line}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogLine
                    line={line}
                    jumped={item.index === jumpedTo?.line ? jumpedTo.by : undefined}
                    found={byLine.get(item.index) ?? noneFound}
                    current={match?.line === item.index ? match : undefined}
                  />
                </div>
              )
            )
          })}
        </div>
      </section>
      <p className={css.foot}>
        {formatNumber(count)} lines · {log.ended ? 'ended' : following ? 'live, following' : 'live'}
      </p>
    </div>
  )
}

function NoLines({ log: { failure, none, ended } }: { log: Log }) {
  if (failure) return <FailureNotice failure={failure} />
  if (none !== undefined) return <EmptyState title="No log">{none}</EmptyState>
  return <EmptyState title={ended ? 'The log is empty' : 'Waiting for the first line…'} />
}

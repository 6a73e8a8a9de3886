import type { ToldChange } from '../../../../preload/contract/definitionChange.ts'
import { type Mark, markSign } from '../../../graph/marks.ts'
import { alarmWord, sentence } from '../words.ts'
import { markOf } from './compared.ts'
import css from './definitions.module.css'

/** What changed, in words, stage by stage; what belongs to no stage comes first. */
export function ChangeList({ changes }: { changes: readonly ToldChange[] }) {
  const byStage = Map.groupBy(changes, ({ stage }) => stage ?? '')
  const stages = [...byStage].sort(([one], [other]) => Number(one !== '') - Number(other !== ''))
  return (
    <div className={css.changes}>
      {stages.map(([stage, told]) => (
        <section key={stage}>
          <h4 className={css.stage}>{stage === '' ? 'The pipeline' : `Stage ${stage}`}</h4>
          <ul>
            {told.map((each, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the order is what the changes are
              <Change key={index} told={each} mark={markOf(each.change)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Change({ told, mark }: { told: ToldChange; mark: Mark }) {
  return (
    <li className={css.change} data-mark={mark}>
      <span className={css.sign} aria-hidden>
        {markSign[mark]}
      </span>
      <span>
        <span className="unseen">{mark}: </span>
        {sentence(told.words)} {told.alarm !== undefined && <span className={css.alarm}>{alarmWord[told.alarm]}</span>}
      </span>
    </li>
  )
}

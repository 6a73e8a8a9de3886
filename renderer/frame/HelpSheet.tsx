import { Dialog } from '../components/Dialog.tsx'
import { Kbd } from '../components/Kbd.tsx'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { stateWord, worstFirst } from '../components/state.ts'
import { chordsOf, useCommandList } from '../stores/commands.ts'
import css from './HelpSheet.module.css'
import { closeOverlay, useOverlay } from './overlay.ts'

/** Every key that does something here and now, and what the glyphs mean. */
export function HelpSheet() {
  const open = useOverlay(({ overlay }) => overlay === 'help')
  return (
    <Dialog open={open} onClose={closeOverlay} title="Keys and signs" width="wide">
      <Keys />
      <h3 className={css.heading}>States</h3>
      <ul className={css.states}>
        {worstFirst.map(state => (
          <li key={state}>
            <StateGlyph state={state} decorative size={16} /> {stateWord[state]}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Keys() {
  const commands = useCommandList(state => state.commands).filter(command => chordsOf(command).length > 0)
  const groups = [...new Set(commands.map(({ group }) => group))]
  return (
    <div className={css.groups}>
      {groups.map(group => (
        <section key={group}>
          <h3 className={css.heading}>{group}</h3>
          <dl className={css.keys}>
            {commands
              .filter(command => command.group === group)
              .map(command => (
                <div key={command.id}>
                  <dt>
                    {chordsOf(command).map(chord => (
                      <Kbd key={chord} chord={chord} />
                    ))}
                  </dt>
                  <dd>{command.title}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

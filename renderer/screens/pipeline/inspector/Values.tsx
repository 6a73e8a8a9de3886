import { CopyButton } from '../../../components/CopyButton.tsx'
import css from './inspector.module.css'

/** Names and values as they are, each to copy. */
export function Values({ values }: { values: readonly (readonly [string, string])[] }) {
  return (
    <table className={css.values}>
      <tbody>
        {values.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="mono">{value}</td>
            <td className={css.copy}>
              <CopyButton text={value} what={name} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

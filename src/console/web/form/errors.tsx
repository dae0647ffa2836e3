import { labelOf } from '../words.ts'

/** Everything that is wrong, at once; each stands at its field, too. */
export function Errors({ errors }: { errors: ReadonlyMap<string, string> }) {
  if (errors.size === 0) return null
  return (
    <div className="notice bad" role="status">
      <p>{errors.size === 1 ? 'One thing is not right yet:' : `${errors.size} things are not right yet:`}</p>
      <ul>
        {[...errors].map(([field, words]) => (
          <li key={field}>
            {field === '' ? '' : `${field.split('.').map(labelOf).join(' › ')}: `}
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}

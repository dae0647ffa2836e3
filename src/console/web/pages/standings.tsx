import { useApi } from '../hooks.ts'
import { Refusal } from '../ui/notice.tsx'

type Standing = {
  meter: string
  window: string
  from: string
  limit: { anonymous: number; registered: number }
  readers: { used: number; readers: number }[]
}

/** How many readers stand at 1, 2, 3 … of their free articles. */
export function Standings({ site }: { site: string }) {
  const { data, error } = useApi<{ meters: Standing[] }>(
    `reports/standings?site=${encodeURIComponent(site)}`,
    { refreshMs: 5_000 },
  )
  return (
    <section aria-labelledby="standings">
      <h2 id="standings">Where readers stand</h2>
      <Refusal of={error} />
      {data?.meters.map((meter) => (
        <Meter key={meter.meter} of={meter} />
      ))}
    </section>
  )
}

function Meter({ of: { meter, window, limit, readers } }: { of: Standing }) {
  const most = Math.max(1, ...readers.map((one) => one.readers))
  return (
    <div className="standing">
      <h3>{meter}</h3>
      <p className="meta">
        {limit.anonymous} free articles, {limit.registered} with an account; window: {window}
      </p>
      {readers.length === 0 && (
        <p className="meta">Nobody has opened a counted article in this window yet.</p>
      )}
      <ol>
        {readers.map(({ used, readers: standing }) => (
          <li key={used}>
            <span>
              {used} of {limit.anonymous}
            </span>
            <meter min={0} max={most} value={standing} aria-label={`Readers at ${used}`} />
            <strong>{standing.toLocaleString('en')}</strong>
          </li>
        ))}
      </ol>
    </div>
  )
}

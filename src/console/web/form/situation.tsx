import type { Site } from '../hooks.ts'
import { fromLocal, toLocal } from '../time.ts'
import { RadioField, SelectField, TextField } from '../ui/field.tsx'
import { countries } from './countries.ts'

/** Who comes from where to which article, as it stands in the controls of the preview. */
export type Situation = {
  device: string
  reader: string
  read: string
  account: string
  articleClass: string
  section: string
  country: string
  referrer: string
  campaign: string
  language: string
  /** By the clock of the site. */
  at: string
}

/** What the draft has rules about, to be proposed. */
export type Known = { sections: string[]; hosts: string[]; campaigns: string[] }

/** How many free articles there are, at most. */
export type Limits = { anonymous: number; registered: number }

const readers = [
  { value: 'stopped', label: 'Has read all free articles' },
  { value: 'new', label: 'New here' },
  { value: 'some', label: 'Has read some' },
  { value: 'exhausted', label: 'Has used up the allowance of a referrer or campaign, too' },
  { value: 'active', label: 'Subscriber' },
  { value: 'cancelled', label: 'Has cancelled, still reading' },
  { value: 'past_due', label: 'Owes a payment' },
  { value: 'ended', label: 'Has subscribed before' },
]
const devices = [
  { value: 'phone', label: 'Phone' },
  { value: 'desktop', label: 'Desktop' },
]
const accounts = [
  { value: 'no', label: 'None' },
  { value: 'yes', label: 'Registered' },
]
const classes = ['metered', 'premium', 'registered', 'free'].map((value) => ({ value, label: value }))

/** Whoever meets the wall, now; `seen` where the entry shows something else than the wall. */
export function startingSituation(site: Site, seen: Partial<Situation>): Situation {
  return {
    device: 'phone',
    reader: 'stopped',
    read: '3',
    account: 'no',
    articleClass: 'metered',
    section: '',
    country: '',
    referrer: '',
    campaign: '',
    language: site.language,
    at: toLocal(new Date().toISOString(), site.timeZone),
    ...seen,
  }
}

/** The situation as the API asks for it. */
export function askedOf(situation: Situation, { site, limits }: { site: Site; limits: Limits }) {
  const { device, articleClass, section, country, referrer, campaign, language, at } = situation
  const host = referrer.trim()
  return {
    site: site.id,
    at: fromLocal(at, site.timeZone),
    language,
    article: { class: articleClass, ...(section.trim() !== '' && { section: section.trim() }) },
    reader: readerOf(situation, limits),
    visit: {
      device,
      country: country || null,
      referrer: host === '' || host.includes('://') ? host || null : `https://${host}/`,
      campaign: campaign.trim() || null,
    },
  }
}

function readerOf({ reader, read, account }: Situation, limits: Limits) {
  const registered = account === 'yes'
  const subscription = ['active', 'cancelled', 'past_due'].find((one) => one === reader) ?? 'none'
  const all = registered ? limits.registered : limits.anonymous
  const typed = Number(read)
  const some = Number.isInteger(typed) && typed >= 0 ? Math.min(typed, 1000) : 0
  return {
    registered,
    isReturning: reader !== 'new',
    read: { stopped: all, exhausted: all, ended: all, some }[reader] ?? 0,
    hasUsedAllowance: reader === 'exhausted',
    hasSubscribedBefore: reader === 'ended',
    subscription,
  }
}

/** The controls. */
export function SituationFields({
  site,
  known,
  value,
  onChange,
}: {
  site: Site
  known: Known
  value: Situation
  onChange: (value: Situation) => void
}) {
  const at = (name: keyof Situation) => ({
    value: value[name],
    onChange: (said: string) => onChange({ ...value, [name]: said }),
  })
  return (
    <div className="situation">
      <RadioField label="Screen" options={devices} {...at('device')} />
      <div className="wide">
        <SelectField label="Reader" options={readers} {...at('reader')} />
      </div>
      {value.reader === 'some' && (
        <TextField label="Articles read" type="number" min={0} max={1000} {...at('read')} />
      )}
      <SelectField label="Account" options={accounts} {...at('account')} />
      <SelectField
        label="Country"
        options={[{ value: '', label: 'Not known' }, ...countries]}
        {...at('country')}
      />
      <TextField
        label="Comes from"
        placeholder="nowhere"
        suggestions={known.hosts}
        maxLength={2000}
        {...at('referrer')}
      />
      <TextField
        label="Campaign"
        placeholder="none"
        suggestions={known.campaigns}
        maxLength={200}
        {...at('campaign')}
      />
      <SelectField label="Article" options={classes} {...at('articleClass')} />
      <TextField
        label="Section"
        placeholder="none"
        suggestions={known.sections}
        maxLength={100}
        {...at('section')}
      />
      <SelectField label="Language" options={languagesOf(site)} {...at('language')} />
      <div className="wide">
        <TextField
          label={`Date (${site.timeZone})`}
          type="datetime-local"
          required
          value={value.at}
          onChange={(local) => local && onChange({ ...value, at: local })}
        />
      </div>
    </div>
  )
}

function languagesOf({ language, languages }: Site) {
  const names = new Intl.DisplayNames('en', { type: 'language', style: 'short' })
  return [...new Set([language, ...languages])].map((value) => ({
    value,
    label: names.of(value) ?? value,
  }))
}

import { hostIsWithin, hostOfPage } from '../exemptions/host.ts'
import type { Audience } from './audience.ts'
import type { Device } from './device.ts'
import type { Offer } from './offer.ts'

/** What is known of a reader and their visit when an offer is looked for. */
export type OfferFacts = {
  /** Epoch ms. */
  now: number
  registered: boolean
  /** On an earlier day of the site's calendar, as far back as views are kept; null where nobody has looked. */
  hasReadBefore: boolean | null
  subscription: 'none' | 'running' | 'cancelling'
  /** The offers by which the reader has ever had access; null where it could not be learnt. */
  bought: readonly string[] | null
  /** ISO 3166-1 alpha-2; null where it is not known. */
  country: string | null
  section: string | null
  device: Device | null
  /** The address of the page that the reader came from. */
  referrer: string | null
  /** Whether all that may be sold of an offer has been. */
  isSoldOut: (offer: Offer) => boolean
}

/** Something an offer may ask of the reader or the visit. */
export type Condition = {
  name: 'audience' | 'country' | 'section' | 'device' | 'referrer' | 'once_per_reader' | 'sold_out'
  /** `reader`: who may buy it, which is asked again at checkout. `place`: where it is shown. */
  about: 'reader' | 'place'
  isAsked: (offer: Offer) => boolean
  /** Why the offer is not for these facts, as the end of a sentence that begins with "it"; null if it is for them. */
  refuses: (offer: Offer, facts: OfferFacts) => string | null
}

/** Everything an offer may ask, in the order in which it is told. */
const conditions: readonly Condition[] = [
  {
    name: 'audience',
    about: 'reader',
    isAsked: ({ audience }) => audience !== undefined,
    refuses: ({ audience = [] }, facts) =>
      audience.some((kind) => isOf[kind](facts))
        ? null
        : `is for ${listed(audience.map(named))} readers only`,
  },
  {
    name: 'country',
    about: 'reader',
    isAsked: ({ countries }) => countries !== undefined,
    refuses({ countries = [] }, { country }) {
      if (country !== null && countries.includes(country)) return null
      return `is for readers in ${listed(countries)}, not ${country ?? 'in a country that is not known'}`
    },
  },
  {
    name: 'section',
    about: 'place',
    isAsked: ({ sections }) => sections !== undefined,
    refuses: ({ sections = [] }, { section }) =>
      section !== null && sections.includes(section) ? null : `is shown in ${listed(sections)} only`,
  },
  {
    name: 'device',
    about: 'place',
    isAsked: ({ devices }) => devices !== undefined,
    refuses: ({ devices = [] }, { device }) =>
      device !== null && devices.includes(device)
        ? null
        : `is shown on a ${listed(devices)}, not on ${device === null ? 'an unknown device' : `a ${device}`}`,
  },
  {
    name: 'referrer',
    about: 'place',
    isAsked: ({ referrers }) => referrers !== undefined,
    refuses({ referrers = [] }, { referrer }) {
      const host = referrer === null ? null : hostOfPage(referrer)
      return host !== null && hostIsWithin(host, referrers)
        ? null
        : `is shown to readers who come from ${listed(referrers)}`
    },
  },
  {
    name: 'once_per_reader',
    about: 'reader',
    isAsked: ({ oncePerReader }) => oncePerReader,
    refuses({ id }, { bought }) {
      if (bought === null) return 'is sold once to a reader, and whether this one has bought it is not known'
      return bought.includes(id) ? 'is sold once to a reader, and this one has bought it' : null
    },
  },
  {
    name: 'sold_out',
    about: 'reader',
    isAsked: ({ redemptions }) => redemptions !== undefined,
    refuses: (offer, { isSoldOut }) =>
      isSoldOut(offer) ? `is sold out: all ${offer.redemptions} have been taken` : null,
  },
]

/** What an offer asks at all. */
export function conditionsOf(offer: Offer): readonly Condition[] {
  return conditions.filter(({ isAsked }) => isAsked(offer))
}

/** Whether a reader is of a kind. What only the meter knows is taken as said where nobody has looked. */
const isOf: Record<Audience, (facts: OfferFacts) => boolean> = {
  new: ({ hasReadBefore }) => hasReadBefore !== true,
  returning: ({ hasReadBefore }) => hasReadBefore !== false,
  anonymous: ({ registered }) => !registered,
  registered: ({ registered }) => registered,
  never_subscribed: ({ bought, subscription }) => subscription === 'none' && bought?.length === 0,
  ended: ({ bought, subscription }) => subscription === 'none' && bought !== null && bought.length > 0,
  cancelling: ({ subscription }) => subscription === 'cancelling',
}

function named(kind: Audience): string {
  return kind.replace('_', ' ')
}

const list = new Intl.ListFormat('en', { type: 'disjunction' })

function listed(words: readonly string[]): string {
  return list.format(words)
}

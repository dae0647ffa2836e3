import { type Catalogue, pluralsOf, type WrittenFacts } from './catalogue.ts'
import type { Period } from './plan.ts'

export const germanWords: Catalogue = {
  price: {
    regular: ({ regular, period }) => `${regular} ${per(period)}`,
    paid: ({ intro, length }) => `Nur ${intro} für ${count(length)}`,
    free: ({ length }) => `${count(length)} kostenlos`,
    first_at: ({ intro, period }) => `Nur ${intro} für ${first(period)}`,
    first_off: ({ percent, period }) => `${percent} Rabatt auf ${first(period)}`,
    several_at: ({ intro, period, length }) => `${intro} ${per(period)}, ${count(length)} lang`,
    several_off: ({ percent, length }) => `${percent} Rabatt, ${count(length)} lang`,
    next_at: ({ intro }) => `Ihre nächste Rechnung: nur ${intro}`,
    next_off: ({ percent }) => `${percent} Rabatt auf Ihre nächste Rechnung`,
    gift: ({ dueNow, length }) => `${dueNow} für ${count(length)} als Geschenk`,
  },
  terms: {
    regular: (facts) =>
      `Sie zahlen heute ${facts.dueNow} für ${first(facts.period)}. ` +
      `Danach ${renews(facts)} ${cancelBeforeRenewal}`,
    paid: (facts) =>
      `Sie zahlen heute ${facts.dueNow} für ${first(facts.length)}. ` +
      `Am ${facts.firstRegularBillDate} ${renews(facts)} ` +
      `Sie können jederzeit in Ihrem Konto kündigen; kündigen Sie vor dem ${facts.firstRegularBillDate}, zahlen Sie nichts mehr.`,
    deferred: (facts) =>
      `Heute zahlen Sie nichts. Am ${facts.firstRegularBillDate} beträgt Ihre erste Rechnung ${facts.firstRegularBill}: ` +
      `${facts.intro} für ${the(facts.length)} bis dahin und ${facts.regular} für ${the(facts.period)} danach. ` +
      `Anschließend ${renews(facts)} ${cancelBefore(facts)}`,
    free: (facts) =>
      `Heute zahlen Sie nichts, und ${firstAre(facts.length)} kostenlos. ` +
      `Am ${facts.firstRegularBillDate} ${renews(facts)} ${cancelBefore(facts)}`,
    several: (facts) =>
      `Sie zahlen heute ${facts.intro} und dann ${every(facts.period)} denselben Betrag, insgesamt ` +
      `${facts.number(facts.bills)}-mal. Am ${facts.firstRegularBillDate} ${renews(facts)} ${cancelBeforeRenewal}`,
    goes_on: (facts) =>
      'Heute zahlen Sie nichts. Ihr Abo läuft weiter, wenn die bezahlte Zeit endet. ' +
      `Dann ${renews(facts)} ${cancelBeforeNextBill}`,
    goes_on_discounted: (facts) =>
      'Heute zahlen Sie nichts. Ihr Abo läuft weiter, wenn die bezahlte Zeit endet. ' +
      `${nextBills(facts)} statt ${facts.regular}. Danach ${renews(facts)} ${cancelBeforeNextBill}`,
    gift: (facts) =>
      `Sie zahlen heute einmalig ${facts.dueNow}. Sie erhalten einen Link zum Weitergeben: Wer ihn zuerst einlöst, ` +
      `liest von diesem Tag an ${count(facts.length)} lang. Nichts verlängert sich, und nichts weiter wird berechnet.`,
  },
  tax: { inclusive: 'Die Preise enthalten Steuern.', exclusive: 'Zu diesen Preisen kommen Steuern hinzu.' },
  promotionCode: 'Ein Gutscheincode, den Sie beim Bezahlen eingeben, senkt diese Beträge.',
  sale: { endsSoon: 'Aktion endet bald', ends: (date) => `Aktion endet am ${date}` },
  offer: { endsSoon: 'Angebot endet bald', ends: (date) => `Angebot endet am ${date}` },
  cancelAnytime: 'Jederzeit kündbar',
  doesNotRenew: 'Verlängert sich nicht',
  payments: {
    today: 'Heute',
    next: 'Nächste Zahlung',
    regular: 'Regulärer Preis',
    nothing: 'Nichts',
    on: (amount, date) => `${amount} am ${date}`,
    from: ({ regular, period, date }) => `${regular} ${per(period)}, ab ${date}`,
  },
}

const cancelBeforeRenewal =
  'Sie können jederzeit in Ihrem Konto kündigen; kündigen Sie vor einer Verlängerung, zahlen Sie nichts mehr.'
const cancelBeforeNextBill =
  'Sie können jederzeit in Ihrem Konto kündigen; kündigen Sie vor der nächsten Rechnung, zahlen Sie nichts mehr.'

function cancelBefore({ firstRegularBillDate: date }: WrittenFacts): string {
  return `Sie können jederzeit in Ihrem Konto kündigen; kündigen Sie vor dem ${date}, zahlen Sie nichts.`
}

function renews({ regular, period }: WrittenFacts): string {
  return `verlängert sich Ihr Abo automatisch zum regulären Preis von ${regular} ${per(period)}, bis Sie kündigen.`
}

function nextBills({ bills, intro, number }: WrittenFacts): string {
  return bills === 1
    ? `Ihre nächste Rechnung beträgt ${intro}`
    : `Ihre nächsten ${number(bills)} Rechnungen betragen je ${intro}`
}

type Unit = { one: string; other: string; gender: 'masculine' | 'feminine' | 'neuter' }

const units: { [unit in Period['unit']]: Unit } = {
  day: { one: 'Tag', other: 'Tage', gender: 'masculine' },
  week: { one: 'Woche', other: 'Wochen', gender: 'feminine' },
  month: { one: 'Monat', other: 'Monate', gender: 'masculine' },
  year: { one: 'Jahr', other: 'Jahre', gender: 'neuter' },
}

/** "pro Monat", "alle 4 Wochen" */
function per(period: Period): string {
  return period.count === 1 ? `pro ${units[period.unit].one}` : every(period)
}

/** "jeden Monat", "alle 4 Wochen" */
function every(period: Period): string {
  const { one, gender } = units[period.unit]
  const each = { masculine: 'jeden', feminine: 'jede', neuter: 'jedes' }[gender]
  return period.count === 1 ? `${each} ${one}` : `alle ${count(period)}`
}

/** After "für" and "auf": "den ersten Monat", "die ersten 4 Wochen" */
function first(period: Period): string {
  const { one, gender } = units[period.unit]
  const leading = { masculine: 'den ersten', feminine: 'die erste', neuter: 'das erste' }[gender]
  return period.count === 1 ? `${leading} ${one}` : `die ersten ${count(period)}`
}

/** "der erste Monat ist", "die ersten 5 Monate sind" */
function firstAre(period: Period): string {
  const { one, gender } = units[period.unit]
  const leading = { masculine: 'der erste', feminine: 'die erste', neuter: 'das erste' }[gender]
  return period.count === 1 ? `${leading} ${one} ist` : `die ersten ${count(period)} sind`
}

/** After "für": "den Monat", "die 4 Wochen" */
function the(period: Period): string {
  const { one, gender } = units[period.unit]
  const article = { masculine: 'den', feminine: 'die', neuter: 'das' }[gender]
  return period.count === 1 ? `${article} ${one}` : `die ${count(period)}`
}

const plural = pluralsOf('de')

/** "1 Monat", "4 Wochen" */
function count({ count: many, unit }: Period): string {
  return `${many} ${plural(units[unit], many)}`
}

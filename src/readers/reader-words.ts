/** What the account page says of who the reader is. */
export type AccountWords = {
  title: string
  anonymous: string
  signIn: string
  signedIn: string
  signedInAs: (email: string) => string
  signOut: string
  sessions: string
  /** The names of a browser and a system, null where unknown. */
  device: (browser: string | null, system: string | null) => string
  thisBrowser: string
  since: (begun: string, seen: string) => string
  end: string
  endOf: (device: string) => string
  sessionsEnd: string
  data: string
  dataText: string
  download: string
  deleteData: string
}

const english: AccountWords = {
  title: 'Reader',
  anonymous:
    'You are an anonymous reader: we know you only by a cookie in this browser. Sign in, and your free articles and your subscription are there wherever you sign in.',
  signIn: 'Sign in',
  signedIn: 'You are signed in.',
  signedInAs: (email) => `You are signed in as ${email}.`,
  signOut: 'Sign out',
  sessions: 'Where you are signed in',
  device: (browser, system) => onSystem(browser ?? 'A browser', 'on', system),
  thisBrowser: 'this browser',
  since: (begun, seen) => `Since ${begun}, last seen on ${seen}`,
  end: 'End',
  endOf: (device) => `End the session of ${device}`,
  sessionsEnd: 'A session that you end may open articles for five more minutes.',
  data: 'Your data',
  dataText: 'We keep how many articles you have read and when, not which; and what you have bought.',
  download: 'Download everything',
  deleteData: 'Delete my data',
}

const german: AccountWords = {
  title: 'Leser',
  anonymous:
    'Sie lesen anonym: Wir kennen Sie nur durch ein Cookie in diesem Browser. Wenn Sie sich anmelden, haben Sie Ihre freien Artikel und Ihr Abo überall, wo Sie sich anmelden.',
  signIn: 'Anmelden',
  signedIn: 'Sie sind angemeldet.',
  signedInAs: (email) => `Sie sind als ${email} angemeldet.`,
  signOut: 'Abmelden',
  sessions: 'Wo Sie angemeldet sind',
  device: (browser, system) => onSystem(browser ?? 'Ein Browser', 'unter', system),
  thisBrowser: 'dieser Browser',
  since: (begun, seen) => `Seit dem ${begun}, zuletzt gesehen am ${seen}`,
  end: 'Beenden',
  endOf: (device) => `Sitzung beenden: ${device}`,
  sessionsEnd: 'Eine beendete Sitzung kann noch fünf Minuten lang Artikel öffnen.',
  data: 'Ihre Daten',
  dataText:
    'Wir speichern, wie viele Artikel Sie wann gelesen haben, aber nicht welche; und was Sie gekauft haben.',
  download: 'Alles herunterladen',
  deleteData: 'Meine Daten löschen',
}

const arabic: AccountWords = {
  title: 'القارئ',
  anonymous:
    'أنت قارئ مجهول: لا نعرفك إلا من خلال ملف تعريف ارتباط في هذا المتصفح. سجّل الدخول لتجد مقالاتك المجانية واشتراكك حيثما سجّلت الدخول.',
  signIn: 'تسجيل الدخول',
  signedIn: 'لقد سجّلت الدخول.',
  signedInAs: (email) => `لقد سجّلت الدخول باسم ${email}.`,
  signOut: 'تسجيل الخروج',
  sessions: 'أين سجّلت الدخول',
  device: (browser, system) => onSystem(browser ?? 'متصفح', 'على', system),
  thisBrowser: 'هذا المتصفح',
  since: (begun, seen) => `منذ ${begun}، آخر ظهور في ${seen}`,
  end: 'إنهاء',
  endOf: (device) => `إنهاء الجلسة: ${device}`,
  sessionsEnd: 'قد تفتح الجلسة المنتهية مقالات لمدة خمس دقائق أخرى.',
  data: 'بياناتك',
  dataText: 'نحفظ عدد المقالات التي قرأتها ومتى قرأتها، لا أيّها قرأت، ونحفظ مشترياتك.',
  download: 'تنزيل كل شيء',
  deleteData: 'حذف بياناتي',
}

const catalogues: Readonly<Record<string, AccountWords>> = { en: english, de: german, ar: arabic }

/** The words of a language (BCP 47); English where it has none. */
export function accountWords(tag: string): AccountWords {
  return catalogues[new Intl.Locale(tag).language] ?? english
}

function onSystem(browser: string, on: string, system: string | null): string {
  return system === null ? browser : `${browser} ${on} ${system}`
}

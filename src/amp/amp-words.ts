/** The words of the page that AMP's login action opens, for the name of a paper. */
type AmpWords = {
  title: (paper: string) => string
  effect: (paper: string) => string
  warning: string
  yes: string
  no: string
  account: string
}

const english: AmpWords = {
  title: (paper) => `Read here as you do at ${paper}?`,
  effect: (paper) =>
    `Your subscription and your free articles at ${paper} then count for the page you come from, too.`,
  warning: 'Go on if you have just opened this from an article yourself. If somebody sent you here, do not.',
  yes: 'Yes, connect',
  no: 'Not now',
  account: 'Look at your account first',
}

const german: AmpWords = {
  title: (paper) => `Hier lesen wie bei ${paper}?`,
  effect: (paper) =>
    `Ihr Abonnement und Ihre freien Artikel bei ${paper} gelten dann auch für die Seite, von der Sie kommen.`,
  warning:
    'Fahren Sie fort, wenn Sie dies gerade selbst aus einem Artikel geöffnet haben. Hat Sie jemand hierher geschickt, dann nicht.',
  yes: 'Ja, verbinden',
  no: 'Jetzt nicht',
  account: 'Zuerst mein Konto ansehen',
}

const arabic: AmpWords = {
  title: (paper) => `هل تريد القراءة هنا كما تقرأ في ${paper}؟`,
  effect: (paper) => `عندها يسري اشتراكك ومقالاتك المجانية في ${paper} على الصفحة التي جئت منها أيضًا.`,
  warning: 'تابع إن كنت قد فتحت هذه الصفحة بنفسك من مقال. أما إذا أرسلك أحد إلى هنا فلا تتابع.',
  yes: 'نعم، اربط',
  no: 'ليس الآن',
  account: 'اعرض حسابي أولًا',
}

const spoken = new Map([
  ['en', english],
  ['de', german],
  ['ar', arabic],
])

/** English where a language (BCP 47) has no words of its own. */
export function ampWordsFor(language: string): AmpWords {
  return spoken.get(new Intl.Locale(language).language) ?? english
}

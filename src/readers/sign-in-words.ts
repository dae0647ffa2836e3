import { arabicSignIn } from './sign-in-words.ar.ts'
import { germanSignIn } from './sign-in-words.de.ts'
import { englishSignIn } from './sign-in-words.en.ts'

/** What a person is told who signs in: by mail, and on the pages behind it. */
export type SignInWords = {
  mail: {
    subject: (paper: string) => string
    /** Above the link. */
    open: (paper: string) => string
    button: string
    /** Below it. */
    onceOnly: string
    notYou: string
  }
  ask: { title: string; text: string; email: string; button: string; wrongAddress: string }
  sent: { title: string; text: (email: string) => string; hint: string; again: string }
  confirm: {
    title: (paper: string) => string
    text: (email: string) => string
    otherBrowser: string
    signingIn: string
    button: string
  }
  ended: { title: string; text: string; button: string }
  tooMany: (minutes: string) => string
  notFromHere: string
  sorry: string
  away: string
  back: (paper: string) => string
}

const catalogues: Readonly<Record<string, SignInWords>> = {
  en: englishSignIn,
  de: germanSignIn,
  ar: arabicSignIn,
}

/** The words of a language (BCP 47), and how a page in it is marked; English where a language has none. */
export function signInWords(tag: string): { words: SignInWords; lang: string; dir: 'ltr' | 'rtl' } {
  const { language } = new Intl.Locale(tag)
  const words = catalogues[language]
  if (words === undefined) return { words: englishSignIn, lang: 'en', dir: 'ltr' }
  return { words, lang: tag, dir: language === 'ar' ? 'rtl' : 'ltr' }
}

import type { CountedMeter, WallCatalogue } from './wall-words.ts'

export const arabicWallWords: WallCatalogue = {
  fixed: {
    direction: 'rtl',
    agree: 'أوافق على هذه الشروط',
    tickFirst: 'يُرجى وضع علامة في المربع للموافقة على هذه الشروط.',
    opening: 'جارٍ فتح صفحة الدفع الآمنة…',
    refusals: {
      terms_changed: 'تغيّرت الشروط. يُرجى قراءتها مرة أخرى.',
      offer_ended: 'عذرًا، انتهى هذا العرض للتو.',
      offer_unavailable: 'عذرًا، لم يعد هذا العرض متاحًا.',
      too_many_attempts: 'لقد حاولت عدة مرات. يُرجى الانتظار بضع دقائق ثم المحاولة من جديد.',
      checkout_in_progress:
        'يجري فتح صفحة الدفع في علامة تبويب أخرى. يُرجى الانتظار لحظة ثم المحاولة من جديد.',
      payments_unavailable: 'يتعذّر استلام المدفوعات حاليًا. يُرجى المحاولة بعد بضع دقائق.',
      other: 'تعذّر فتح صفحة الدفع. يُرجى المحاولة مرة أخرى.',
    },
    ends: 'ينتهي {time}',
    close: 'إغلاق',
    open: 'عرض الخيارات',
    signIn: {
      invitation: 'لديك حساب؟ سجّل الدخول',
      heading: 'تابع القراءة ببريدك الإلكتروني',
      ask: 'نرسل إليك رابطًا يسجّل دخولك ويعيدك إلى هذا المقال، من دون كلمة مرور.',
      email: 'البريد الإلكتروني',
      send: 'أرسل الرابط',
      sending: 'جارٍ الإرسال…',
      sent: 'أرسلنا رابطًا إلى {email}. افتحه خلال 15 دقيقة لمتابعة القراءة.',
      refusals: {
        invalid_request: 'يُرجى إدخال بريدك الإلكتروني، مثل name@example.com.',
        too_many_sign_ins: 'طلبت عدة روابط. يُرجى مراجعة بريدك أو المحاولة لاحقًا.',
        other: 'تعذّر إرسال الرابط. يُرجى المحاولة مرة أخرى.',
      },
      back: 'عرض الاشتراك',
    },
  },
  needsAccount: 'هذا المقال للقرّاء المسجّلين.',
  needsSubscription: 'هذا المقال للمشتركين.',
  usedUp: (meter) => `لقد قرأت ${yours(meter.limit)}${during(meter)}.`,
  later: (day, offered) => (offered ? `أو عُد في ${day}.` : `يمكنك متابعة القراءة ابتداءً من ${day}.`),
  left: (meter) =>
    meter.left === 0
      ? `لم تبقَ لك مقالات مجانية${during(meter)}`
      : `بقي لك ${articles(meter.left)}${during(meter)}`,
  last: (meter) => `هذا آخر مقال مجاني لك${during(meter)}`,
  more: (day) => `مقالات مجانية جديدة في ${day}`,
}

function during({ window }: CountedMeter): string {
  return { day: ' اليوم', week: ' هذا الأسبوع', month: ' هذا الشهر', rolling: '' }[window]
}

const plural = new Intl.PluralRules('ar')

/** Arabic counts one, two, three to ten, eleven and more, and whole hundreds each in a way of its own. */
function articles(count: number): string {
  switch (plural.select(count)) {
    case 'one':
      return 'مقال مجاني واحد'
    case 'two':
      return 'مقالان مجانيان'
    case 'few':
      return `${count} مقالات مجانية`
    case 'many':
      return `${count} مقالًا مجانيًا`
    default:
      return `${count} مقال مجاني`
  }
}

/** "your 5 free articles", where the number follows the noun. */
function yours(count: number): string {
  if (count === 1) return 'مقالك المجاني'
  return count === 2 ? 'مقاليك المجانيين' : `مقالاتك المجانية (${count})`
}

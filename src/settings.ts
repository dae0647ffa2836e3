import { isIP } from 'node:net'
import { z } from 'zod'
import { type Role, roleSchema, roles } from './console/person.ts'
import { type MailAddress, mailAddress } from './mail/mail-address.ts'
import { StartError } from './start-error.ts'
import { redisAddresses } from './stores/redis-addresses.ts'

/** Everything the environment decides. Read once, at start; nothing else reads the environment. */
export type Settings = Readonly<{
  production: boolean
  port: number
  publicUrl: URL
  configDir: string
  dataDir: string
  /** Empty: the embedded store. */
  redisUrls: readonly URL[]
  storeTimeoutMs: number
  /** Null: the payment sandbox. */
  stripe: StripeAccount | null
  /** Null: the sandbox's outbox. */
  mail: MailAccount | null
  /** The first signs, all verify. Empty: development makes one and keeps it. */
  secrets: readonly string[]
  siteKeys: readonly SiteKey[]
  /** With which sites’ own sign-ins sign their tokens, where they do it with a secret. */
  signInSecrets: ReadonlyMap<string, string>
  /** As Express's `trust proxy`. */
  trustProxy: number | string[]
  /** In lower case: where the network in front says the client's country; null if none does. */
  countryHeader: string | null
  logLevel: LogLevel
  /** Who signs people in to the console beside their passwords; null: nobody. */
  singleSignOn: SingleSignOnAccount | null
  /** Whether a second person approves a draft before it is published. */
  needsApproval: boolean
  /** Who may read the metrics; null: this machine only. */
  metricsToken: string | null
}>

/** `apiBase` is null for Stripe itself. */
export type StripeAccount = Readonly<{ secretKey: string; webhookSecret: string; apiBase: URL | null }>

/** The SMTP server that takes our mail, and the address that it comes from. */
export type MailAccount = Readonly<{ url: URL; from: MailAddress }>

/** An OpenID Connect provider, and which roles it gives; `defaultRole` null: only to who was invited or is in a group. */
export type SingleSignOnAccount = Readonly<{
  issuer: URL
  clientId: string
  clientSecret: string
  roleByGroup: ReadonlyMap<string, Role>
  defaultRole: Role | null
}>

export type SiteKey = Readonly<{ site: string; key: string; mayImport: boolean }>

type LogLevel = z.infer<typeof logLevelSchema>

const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error', 'silent'])

/** What was missing or wrong, a line each, every line naming its setting. */
export class SettingsError extends StartError {
  override name = 'SettingsError'
}

/** Reads the settings that docs/settings.md lists; throws SettingsError. A blank value counts as absent. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value.trim() !== '',
  )
  const given = Object.fromEntries(present)
  const parsed = environmentSchema.safeParse(given)
  const problems = [
    ...(parsed.error?.issues.map(describe) ?? []),
    ...missing(given),
    ...(parsed.success ? cookiesNeedHttps(parsed.data) : []),
  ]
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems.join('\n'))
  return settingsOf(parsed.data)
}

function settingsOf(given: z.output<typeof environmentSchema>): Settings {
  const stripe =
    given.STRIPE_SECRET_KEY === undefined || given.STRIPE_WEBHOOK_SECRET === undefined
      ? null
      : {
          secretKey: given.STRIPE_SECRET_KEY,
          webhookSecret: given.STRIPE_WEBHOOK_SECRET,
          apiBase: given.STRIPE_API_BASE ?? null,
        }
  const mail =
    given.SMTP_URL === undefined || given.MAIL_FROM === undefined
      ? null
      : { url: given.SMTP_URL, from: given.MAIL_FROM }
  return Object.freeze({
    production: given.NODE_ENV === 'production',
    port: given.PORT,
    publicUrl: given.PUBLIC_URL ?? new URL(`http://localhost:${given.PORT}`),
    configDir: given.CONFIG_DIR,
    dataDir: given.DATA_DIR,
    redisUrls: given.REDIS_URL ?? [],
    storeTimeoutMs: given.STORE_TIMEOUT_MS,
    stripe,
    mail,
    secrets: given.NEWSRACK_SECRET ?? [],
    siteKeys: given.SITE_KEYS ?? [],
    signInSecrets: new Map(given.SIGN_IN_SECRETS ?? []),
    trustProxy: given.TRUST_PROXY ?? 0,
    countryHeader: given.COUNTRY_HEADER ?? null,
    logLevel: given.LOG_LEVEL,
    singleSignOn: singleSignOnOf(given),
    needsApproval: given.PUBLISHING_NEEDS_APPROVAL,
    metricsToken: given.METRICS_TOKEN ?? null,
  })
}

function singleSignOnOf(given: z.output<typeof environmentSchema>): SingleSignOnAccount | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = given
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null
  const roleByGroup = new Map(given.OIDC_ROLES ?? [])
  return { issuer, clientId, clientSecret, roleByGroup, defaultRole: given.OIDC_DEFAULT_ROLE ?? null }
}

function describe(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0] ?? 'settings')}: ${issue.message}`
}

const commaSeparated = z.string().transform((text) => text.split(',').map((part) => part.trim()))

function address(protocols: readonly string[], expected: string) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `expected ${expected}`,
    )
    .transform((text) => new URL(text))
}

const siteKeySchema = z
  .string()
  .regex(
    /^[a-z0-9-]+:[^:,\s]{16,}(?::import)?$/,
    'expected site:key or site:key:import, separated by commas, with a key of at least 16 characters',
  )
  .transform((text): SiteKey => {
    const [site = '', key = '', right] = text.split(':')
    return { site, key, mayImport: right === 'import' }
  })

const signInSecretSchema = z
  .string()
  .regex(
    /^[a-z0-9-]+:[^,\s]{32,}$/,
    'expected site:secret, separated by commas, with a secret of at least 32 characters',
  )
  .transform((text): [site: string, secret: string] => {
    const colon = text.indexOf(':')
    return [text.slice(0, colon), text.slice(colon + 1)]
  })

const groupRoleSchema = z
  .string()
  .regex(
    new RegExp(`^.+:(${roles.join('|')})$`),
    `expected group:role, separated by commas, with a role of ${roles.join(', ')}`,
  )
  .transform((text): [string, Role] => {
    const end = text.lastIndexOf(':')
    return [text.slice(0, end), roleSchema.parse(text.slice(end + 1))]
  })

/** http is for a provider on this machine only. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  return (
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
  )
}

const productionNeeds = {
  PUBLIC_URL: 'the address at which browsers reach this service',
  REDIS_URL: 'the address of Redis, such as redis://redis:6379',
  STRIPE_SECRET_KEY: 'the secret (or restricted) key of your Stripe account',
  STRIPE_WEBHOOK_SECRET: 'the signing secret of the Stripe webhook endpoint',
  SMTP_URL: 'the mail server, such as smtps://user:password@mail.example.com',
  MAIL_FROM: 'the address that mail comes from, such as The Harbor Lantern <mail@example.com>',
  NEWSRACK_SECRET: 'at least 32 random characters, such as the output of: openssl rand -base64 48',
} as const

/** As `trust proxy` of Express: how many proxies stand in front, or their addresses. */
const trustProxySchema = z
  .string()
  .refine(
    (text) => isCount(text) || text.split(',').every((part) => isNetwork(part.trim())),
    'expected the number of proxies in front, or their addresses such as loopback, 10.0.0.0/8',
  )
  .transform((text) => (isCount(text) ? Number(text) : text.split(',').map((part) => part.trim())))

function isCount(text: string): boolean {
  return /^\d{1,2}$/.test(text)
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const longest = isIP(address) === 6 ? 128 : 32
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= longest))
  )
}

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce
    .number('expected a port number from 0 to 65535')
    .int('expected a port number from 0 to 65535')
    .min(0, 'expected a port number from 0 to 65535')
    .max(65_535, 'expected a port number from 0 to 65535')
    .default(3000),
  PUBLIC_URL: address(['http:', 'https:'], 'an address such as https://meter.example.com')
    .refine((url) => url.pathname === '/' && url.search === '', 'expected an address without a path')
    .optional(),
  CONFIG_DIR: z.string().default('config'),
  DATA_DIR: z.string().default('data'),
  REDIS_URL: z
    .string()
    .transform((text) => redisAddresses(text.trim()))
    .refine(
      (addresses) => addresses !== null,
      'expected redis://host:port, several separated by commas for a Cluster, or redis+sentinel://host:port,host:port/master',
    )
    .optional(),
  STORE_TIMEOUT_MS: z.coerce
    .number('expected milliseconds from 10 to 10000')
    .int('expected milliseconds from 10 to 10000')
    .min(10, 'expected milliseconds from 10 to 10000')
    .max(10_000, 'expected milliseconds from 10 to 10000')
    .default(50),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_/, 'expected a secret key (sk_…) or a restricted key (rk_…)')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_', 'expected a signing secret (whsec_…)').optional(),
  STRIPE_API_BASE: address(['http:', 'https:'], 'an address such as http://127.0.0.1:12111').optional(),
  SMTP_URL: address(
    ['smtp:', 'smtps:'],
    'an address such as smtps://user:password@mail.example.com',
  ).optional(),
  MAIL_FROM: z
    .string()
    .transform(mailAddress)
    .refine(
      (address) => address !== null,
      'expected an address such as mail@example.com, or The Harbor Lantern <mail@example.com>',
    )
    .optional(),
  NEWSRACK_SECRET: commaSeparated
    .pipe(z.array(z.string().min(32, 'expected at least 32 characters, for each of a comma-separated list')))
    .optional(),
  SITE_KEYS: commaSeparated.pipe(z.array(siteKeySchema)).optional(),
  SIGN_IN_SECRETS: commaSeparated.pipe(z.array(signInSecretSchema)).optional(),
  TRUST_PROXY: trustProxySchema.optional(),
  COUNTRY_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'expected the name of a header such as CF-IPCountry')
    .transform((name) => name.toLowerCase())
    .optional(),
  LOG_LEVEL: z
    .enum(logLevelSchema.options, `expected one of ${logLevelSchema.options.join(', ')}`)
    .default('info'),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'expected an https address such as https://login.example.com/realms/paper')
    .transform((text) => new URL(text))
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLES: commaSeparated.pipe(z.array(groupRoleSchema)).optional(),
  OIDC_DEFAULT_ROLE: z.enum(roles, `expected one of ${roles.join(', ')}`).optional(),
  PUBLISHING_NEEDS_APPROVAL: z
    .enum(['yes', 'no'], 'expected yes or no')
    .default('no')
    .transform((text) => text === 'yes'),
  METRICS_TOKEN: z.string().min(16, 'expected at least 16 characters').optional(),
})

/** Every setting there is. */
export const settingNames: readonly string[] = Object.keys(environmentSchema.shape)

type Given = Readonly<Record<string, string | undefined>>

/** What is missing, told beside what is wrong. */
function missing(given: Given): string[] {
  const needed = given.NODE_ENV === 'production' ? Object.entries(productionNeeds) : partnerNeeds(given)
  return [...needed, ...singleSignOnNeeds(given)]
    .filter(([setting]) => given[setting] === undefined)
    .map(([setting, why]) => `${setting}: missing; expected ${why}`)
}

/** Payments whose events cannot be trusted are not taken, in development either; and mail comes from somebody. */
function singleSignOnNeeds({ OIDC_ISSUER }: Given): [string, string][] {
  if (OIDC_ISSUER === undefined) return []
  const why = 'what the identity provider has given out for this service, since OIDC_ISSUER is set'
  return [
    ['OIDC_CLIENT_ID', why],
    ['OIDC_CLIENT_SECRET', why],
  ]
}

function partnerNeeds(given: Given): [string, string][] {
  return partners
    .filter(([setting]) => given[setting] !== undefined)
    .map(([setting, partner]) => [partner, `${productionNeeds[partner]}, since ${setting} is set`])
}

const partners = [
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ['SMTP_URL', 'MAIL_FROM'],
] as const

function cookiesNeedHttps(given: z.output<typeof environmentSchema>): string[] {
  const { NODE_ENV, PUBLIC_URL } = given
  if (NODE_ENV !== 'production' || PUBLIC_URL === undefined) return []
  if (PUBLIC_URL.protocol === 'https:' || PUBLIC_URL.hostname === 'localhost') return []
  return [
    'PUBLIC_URL: expected an https address in production, for the reader’s cookie is only sent over https',
  ]
}

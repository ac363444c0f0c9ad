// Every sentence that a module shows comes through here. Its English is the key.
import { language, pluralRule, translations } from './translations.js'

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

/** A sentence; `{name}` in it stands for a value. */
export const words = (text, values = {}) => fill(translations[text] ?? text, values)

/** A sentence about so many things, which are `{count}` in it. */
export function plural(one, other, count, values = {}) {
  const forms = translations[one] ?? [one, other]
  return fill(forms[pluralRule(count)] ?? other, { ...values, count: count.toLocaleString(language) })
}

// The sentences of the modules in another language, by their English: a text, or the forms that go with a number.
// English needs none; for another language the server puts that language's catalogue in this module's place.
export const language = 'en'
export const pluralRule = (count) => (count === 1 ? 0 : 1)
export const translations = {}

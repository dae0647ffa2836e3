/** Vite makes a style sheet's file of it. */
declare module '*.css'

/** Vite hands a style sheet over as minified text. */
declare module '*.css?inline' {
  const text: string
  export default text
}

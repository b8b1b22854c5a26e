/** ■ as the surrounding program sees it. */
export { interrupt } from './wait.ts'

/** What dist/cli.mjs runs when it is loaded. */
import { main } from './main.ts'

process.exitCode = await main(process.argv.slice(2))

/**
 * JupyterLab in Chromium. The tests are in the modules that this file names; all of them share one JupyterLab and one page.
 */
import { useJupyterLab } from './in-notebook.ts'

useJupyterLab()

await import('./lesson.ts')
await import('./lessons.ts')
await import('./editing-help.ts')
await import('./asking.ts')
await import('./chat-lesson.ts')
await import('./terminals.ts')
await import('./stopping.ts')
await import('./outputs.ts')
await import('./appearance.ts')
await import('./consoles.ts')
await import('./kernels.ts')
await import('./flood.ts')

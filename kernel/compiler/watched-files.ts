/**
 * Changes of local modules, noticed when the next cell is compiled: a cell that follows an edit at once sees it, and
 * nothing polls in between. Knows nothing of what is done about a change.
 */
import ts from 'typescript'
import { fromConverter } from './local-modules.ts'

interface Watch {
  callback: ts.FileWatcherCallback
  stamp: string
}

const watches = new Map<string, Set<Watch>>()

function stampOf(name: string): string {
  const path = fromConverter(name)
  return `${ts.sys.getModifiedTime?.(path)?.getTime() ?? 0} ${ts.sys.getFileSize?.(path) ?? 0}`
}

/** For ts.sys.watchFile. Installed packages count as unchanging. */
export function watchFile(path: string, callback: ts.FileWatcherCallback): ts.FileWatcher {
  if (path.includes('/node_modules/')) return { close() {} }
  const watch = { callback, stamp: stampOf(path) }
  const here = watches.get(path) ?? new Set()
  watches.set(path, here.add(watch))
  return { close: () => here.delete(watch) }
}

/** Calls back for each file that is not as it was. */
export function noticeChanges(): void {
  for (const [path, here] of watches) {
    if (here.size === 0) continue
    const stamp = stampOf(path)
    for (const watch of here) {
      if (watch.stamp === stamp) continue
      watch.stamp = stamp
      watch.callback(path, ts.FileWatcherEventKind.Changed)
    }
  }
}

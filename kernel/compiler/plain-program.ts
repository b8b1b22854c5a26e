/**
 * TypeScript's own watch program under tslab's converter: two programs and two checkers a cell. Slow and well tried:
 * the fallback, and the oracle of the differential test.
 */
import ts from 'typescript'
import { isCellFile } from './cell-file.ts'
import { recordingEmit } from './conversion.ts'
import { libraryFolder } from './places.ts'
import { preloadDeclarations, preloadFile } from './preload-types.ts'

type Builder = ts.EmitAndSemanticDiagnosticsBuilderProgram
type Host = ts.WatchCompilerHostOfFilesAndCompilerOptions<Builder>

/** For ts.createWatchCompilerHost: our options, our libraries, and the preloaded names' types among the files. */
export function createPlainHost(
  roots: string[],
  options: ts.CompilerOptions,
  sys: ts.System,
  ...rest: unknown[]
): Host {
  const preloaded = preloadDeclarations()
  const system: ts.System = Object.create(sys)
  system.readFile = (path, encoding) => (path === preloadFile ? preloaded : sys.readFile(path, encoding))
  system.fileExists = (path) => path === preloadFile || sys.fileExists(path)
  system.getExecutingFilePath = () => `${libraryFolder}/typescript.js`
  const [create, report, reportStatus] = rest as [undefined, ts.DiagnosticReporter, ts.WatchStatusReporter]
  return ts.createWatchCompilerHost(
    [...roots, preloadFile],
    options,
    system,
    create ?? undefined,
    report,
    reportStatus,
  ) as Host
}

/** For ts.createWatchProgram: what the builder emits leaves its source map with us. */
export function createPlainProgram(host: Host): ts.WatchOfFilesAndCompilerOptions<Builder> {
  const created = host.afterProgramCreate
  host.afterProgramCreate = (builder) => {
    const recording: Builder = Object.create(builder)
    recording.emit = (file, ...rest) => {
      const isCell = !file || isCellFile(file.fileName)
      return recordingEmit(builder.emit, isCell ? undefined : file?.fileName)(file, ...rest)
    }
    created?.(recording)
  }
  return ts.createWatchProgram(host)
}

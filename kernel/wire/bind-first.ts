/**
 * Binds the sockets before anything else of the io thread is loaded: clients knock every few milliseconds, and their
 * way in and the loading then overlap. Imported first by io.ts; knows nothing of what is said over the sockets.
 */
import { workerData } from 'node:worker_threads'
import { readConnectionFile } from '../protocol/connection-file.ts'
import { type Channels, openChannels } from './channels.ts'

export const connectionFile: string = (workerData as { connectionFile: string }).connectionFile

export const file = readConnectionFile(connectionFile)

/** Rejects where a socket cannot be bound. */
export const opening: Promise<Channels> = openChannels(file.connection)

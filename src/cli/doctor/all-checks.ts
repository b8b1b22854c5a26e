/** Every check, in the order in which they are told: what others stand on comes first. */
import type { Check } from './check.ts'
import { dataCheck, temporaryCheck } from './folders.ts'
import { jupyterlabCheck } from './jupyterlab.ts'
import { kernelCheck } from './kernel.ts'
import { kernelspecCheck } from './kernelspecs.ts'
import { koffiCheck } from './koffi.ts'
import { hostNameCheck, localhostCheck } from './lookups.ts'
import { ipv4Check, ipv6Check } from './loopback.ts'
import { nodeCheck } from './node.ts'
import { pythonCheck } from './python.ts'
import { sandboxCheck } from './sandbox.ts'
import { servicesCheck } from './services.ts'
import { zeromqCheck } from './zeromq.ts'

export const allChecks: readonly Check[] = [
  nodeCheck,
  zeromqCheck,
  koffiCheck,
  temporaryCheck,
  kernelCheck,
  pythonCheck,
  jupyterlabCheck,
  kernelspecCheck,
  ipv4Check,
  ipv6Check,
  localhostCheck,
  hostNameCheck,
  servicesCheck,
  sandboxCheck,
  dataCheck,
]

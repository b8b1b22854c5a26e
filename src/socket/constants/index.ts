/** Every constant of the module, by the names that C and Python give them. */
export * from './address-info.ts'
export * from './families.ts'
export * from './internet.ts'
export * from './message-flags.ts'
export * from './other-families.ts'
export * from './socket-options.ts'
export * from './transport.ts'

/** This module knows IPv6 (whether the machine does is another question). */
export const has_ipv6 = true

/**
 * The command line: what each command does with the engine, and how it reports. Results go to standard output, messages to
 * standard error; exit code 0 is well, 1 something failed or is held or dead, 2 usage or configuration.
 */
package io.ticketbridge.command;

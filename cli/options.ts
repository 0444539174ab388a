import type { Command, OptionValues } from 'commander';

/** Exit code of a script that was given options that it does not know. */
const misuse = 2;

/** The options of a script, from its command line. Ends the process with 0 after `--help`, with 2 after a wrong option. */
export function optionsOf<T extends OptionValues>(command: Command): T {
  return command
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : misuse))
    .parse()
    .opts<T>();
}

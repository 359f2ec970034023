/** Something that the person at the terminal can act on: shown as a sentence, without a stack. */
export class Failure extends Error {}

/** Runs a script's main function; a {@link Failure} or a failure of the system
 * becomes its sentence and status 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure || error.code ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

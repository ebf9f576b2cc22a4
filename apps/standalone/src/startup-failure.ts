/** A start that cannot go on for a reason the user can mend; the message is the one sentence they see. */
export class StartupFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartupFailure';
  }
}

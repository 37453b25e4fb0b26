/** Why something could not be done: `message` is a sentence for people, `code` is for programs. */
export class PushbellError extends Error {
  override readonly name = "PushbellError";

  /**
   * A code of the server's (`UNAUTHORIZED`, `INVALID_REQUEST`, …) or one of ours: `INSECURE_CONTEXT`, `UNSUPPORTED`,
   * `INSTALL_REQUIRED`, `INSTALL_UNAVAILABLE`, `PERMISSION_DENIED`, `PERMISSION_DISMISSED`, `WRONG_SERVICE`,
   * `NETWORK_ERROR`, `WORKER_FAILED`, `WORKER_CONFLICT`, `SUBSCRIBE_FAILED`, `STORAGE_FAILED`, `UNEXPECTED`.
   */
  readonly code: string;

  /** The HTTP status, when a server answered. */
  readonly status: number | undefined;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }

  /** Whatever was thrown, as one of these; `code` and `prefix` describe what is not one yet. */
  static from(thrown: unknown, code = "UNEXPECTED", prefix = ""): PushbellError {
    if (thrown instanceof PushbellError) return thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return new PushbellError(code, prefix + reason, { cause: thrown });
  }
}

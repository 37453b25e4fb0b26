/** What a refused or failed request says: `message` is a sentence for people, `code` is for the program. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  /** Seconds, where the server says when to come back. */
  readonly retryAfter: number | undefined;

  constructor(message: string, status: number, code: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  static unreachable(): ApiError {
    return new ApiError("The server cannot be reached. Check your connection and try again.", 0, "NETWORK_ERROR");
  }

  static async of(response: Response): Promise<ApiError> {
    const { detail, code } = (await response.json().catch(() => ({}))) as { detail?: unknown; code?: unknown };
    const wait = Number(response.headers.get("Retry-After") ?? NaN);
    return new ApiError(
      typeof detail === "string" && detail
        ? detail
        : `The server answered with ${response.status}. Try again in a moment.`,
      response.status,
      typeof code === "string" ? code : "INTERNAL_ERROR",
      Number.isFinite(wait) ? wait : undefined,
    );
  }
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof Error && error.message) return error.message;
  return "Something went wrong. Try again.";
}

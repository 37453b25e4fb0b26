import type { Session } from "./contract";
import { ApiError } from "./error";

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal | undefined;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Speaks to the management API under the session's cookie. A session that has lapsed is renewed by whoever is asked
 * for it (`onLapse`), and what was being asked is then asked again: nobody loses what they have typed.
 */
export class ApiClient {
  /** Resolves when somebody has signed in again; rejects when nobody will. */
  onLapse: (() => Promise<void>) | undefined;
  readonly #root: string;
  #csrfToken = "";
  #renewal: Promise<void> | undefined;

  constructor(root = "/manage") {
    this.#root = root;
  }

  /** Where a path of the API is, for what the browser itself fetches: downloads and event streams. */
  addressOf(path: string): string {
    return this.#root + path;
  }

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.#ask<T>("GET", path, { signal });
  }

  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    return this.#ask<T>("POST", path, headers ? { body, headers } : { body });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>("PUT", path, { body });
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>("PATCH", path, { body });
  }

  delete<T = void>(path: string, body?: unknown): Promise<T> {
    return this.#ask<T>("DELETE", path, { body });
  }

  /** Who is signed in, or `undefined`; takes over the token that changes need. */
  async session(): Promise<Session | undefined> {
    const response = await this.#fetch("GET", "/session", {});
    if (response.status === 401) return undefined;
    if (!response.ok) throw await ApiError.of(response);
    return this.#adopt((await response.json()) as Session);
  }

  /** Signs in: the answer is the new session, and what is wrong with name or password is thrown as it is. */
  async enter(path: "/session" | "/links/use", body: unknown): Promise<Session> {
    const response = await this.#fetch("POST", path, { body });
    if (!response.ok) throw await ApiError.of(response);
    return this.#adopt((await response.json()) as Session);
  }

  async #ask<T>(method: Method, path: string, options: RequestOptions, again = true): Promise<T> {
    const token = this.#csrfToken;
    const response = await this.#fetch(method, path, options);
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    const error = await ApiError.of(response);
    if (again && (await this.#isMended(error, method, token))) return await this.#ask<T>(method, path, options, false);
    throw error;
  }

  /** A 401 may be of the request itself, a wrong password in it; a 403 may be of a token that another tab has replaced. */
  async #isMended(error: ApiError, method: Method, token: string): Promise<boolean> {
    if (error.status === 401) {
      if (await this.session()) return this.#csrfToken !== token;
      if (!this.onLapse) return false;
      this.#renewal ??= this.onLapse().finally(() => (this.#renewal = undefined));
      await this.#renewal;
      return true;
    }
    if (error.status !== 403 || method === "GET") return false;
    return (await this.session()) !== undefined && this.#csrfToken !== token;
  }

  async #fetch(method: Method, path: string, { body, headers, signal }: RequestOptions): Promise<Response> {
    const all = new Headers(headers);
    all.set("Accept", "application/json");
    if (body !== undefined) all.set("Content-Type", "application/json");
    if (method !== "GET" && this.#csrfToken) all.set("X-Csrf-Token", this.#csrfToken);
    try {
      return await fetch(this.#root + path, {
        method,
        headers: all,
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
        credentials: "same-origin",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw ApiError.unreachable();
    }
  }

  #adopt(session: Session): Session {
    this.#csrfToken = session.csrf_token;
    return session;
  }
}

export const api = new ApiClient();

import { waitFor } from '../process/wait-for.ts';

/** An answer of the API that is not the expected one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: string;

  constructor(what: string, status: number, body: string) {
    super(`${what}: HTTP ${status} ${body.slice(0, 500)}`);
    this.status = status;
    this.body = body;
  }
}

/** What `GET /task/{id}` answers, as the application defines it. */
export interface TaskState {
  readonly task_id: string;
  readonly status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly result: unknown;
  readonly error: string | null;
}

/** What `POST /process` needs. */
export interface ProcessRequest {
  readonly video_id: string;
  readonly audio_uri: string;
  readonly dataset?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/**
 * Submits one audio file. The API allows ten requests a minute and client: a 429 is waited out.
 * @returns Celery's task id.
 * @throws {ApiError} on any other refusal.
 */
export async function submit(api: string, request: ProcessRequest, signal?: AbortSignal): Promise<string> {
  const outcome = await waitFor<ApiError | string>(
    `the API to accept ${request.video_id}`,
    async () => {
      const response = await fetch(`${api}/process`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(30_000),
      });
      const body = await response.text();
      if (response.status === 429) return { observed: `HTTP 429 ${body}` };
      if (!response.ok)
        return { value: new ApiError(`POST /process for ${request.video_id}`, response.status, body) };
      return { value: (JSON.parse(body) as { celery_task_id: string }).celery_task_id };
    },
    { deadlineMs: 90_000, everyMs: 2_000, ...(signal === undefined ? {} : { signal }) },
  );
  if (outcome instanceof ApiError) throw outcome;
  return outcome;
}

/**
 * Waits until a task has ended.
 * @returns its last state, `completed` or `failed`.
 * @throws {WaitError} after `deadlineMs`, with the state observed last.
 */
export async function waitForTask(
  api: string,
  taskId: string,
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
): Promise<TaskState> {
  return waitFor(
    `task ${taskId} to end`,
    async () => {
      const response = await fetch(`${api}/task/${taskId}`, { signal: AbortSignal.timeout(30_000) });
      const body = await response.text();
      // The application answers 500 for a failed task (contract 9.5): its state is poisoned, not its API.
      if (!response.ok) return { observed: `HTTP ${response.status} ${body.slice(0, 200)}` };
      const state = JSON.parse(body) as TaskState;
      return state.status === 'completed' || state.status === 'failed'
        ? { value: state }
        : { observed: state.status };
    },
    { everyMs: 300, ...options },
  );
}

// Firefox by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): Playwright drives builds of its own alone.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const places = [process.env.CNNVIZ_FIREFOX ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** This machine's Firefox, undefined where there is none: what needs it is then skipped, which is said. */
export const firefoxPath = places.find((path) => path !== '' && existsSync(path));

if (firefoxPath === undefined) {
  console.warn('skipped: the page in Firefox (apt-get install firefox-esr, or set CNNVIZ_FIREFOX to its path)');
}

interface Message {
  id?: number;
  method?: string;
  params?: { text?: string; level?: string; request?: { url: string } };
  result?: unknown;
  error?: string;
  message?: string;
}

/** One window of a Firefox of its own, with a new profile. */
export class Firefox {
  /** what a page must not do: complain, or ask for what is not in it */
  readonly wrongs: string[] = [];
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #context = '';
  #lastId = 0;

  static async launch(): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'cnnviz-firefox-'));
    const args = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile, 'about:blank'];
    const child = spawn(firefoxPath ?? '', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await readAddress(child);
    const socket = new WebSocket(`${address}/session`);
    await once(socket, 'open');
    const firefox = new Firefox(child, profile, socket);
    await firefox.#send('session.new', { capabilities: {} });
    await firefox.#send('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
    const { contexts } = (await firefox.#send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    firefox.#context = contexts[0]?.context ?? '';
    return firefox;
  }

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(String(data)) as Message));
  }

  async open(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  /** The value of an expression, a string or a number, in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const target = { context: this.#context };
    const answer = (await this.#send('script.evaluate', { expression, target, awaitPromise: true })) as {
      type: string;
      result?: { value?: unknown };
      exceptionDetails?: { text: string };
    };
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer.result?.value;
  }

  /** Waits until an expression is true in the page. */
  async waitFor(condition: string): Promise<void> {
    await this.evaluate(`new Promise((resolve) => {
      const look = () => (${condition}) ? resolve(true) : setTimeout(look, 20);
      look();
    })`);
  }

  async press(key: string): Promise<void> {
    const actions = [
      { type: 'key', id: 'keyboard', actions: ['keyDown', 'keyUp'].map((type) => ({ type, value: key })) },
    ];
    await this.#send('input.performActions', { context: this.#context, actions });
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#socket.send(JSON.stringify({ id: ++this.#lastId, method: 'browser.close', params: {} }));
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #send(method: string, params: object): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error, message } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error}: ${message}`);
    return result;
  }

  #take(message: Message): void {
    if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
    else if (message.method === 'log.entryAdded') this.wrongs.push(`log: ${message.params?.text}`);
    else if (!/^(data|file|blob|about):/.test(message.params?.request?.url ?? ''))
      this.wrongs.push(`asked for ${message.params?.request?.url}`);
  }
}

/** Waits for the line in which it says where it listens. */
async function readAddress(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const part of child.stderr ?? []) {
    text += part;
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(text)?.[1];
    if (address !== undefined) {
      // What it says further on nobody reads; a full pipe would stop it.
      child.stderr?.resume();
      return address;
    }
  }
  throw new Error(`Firefox did not start: ${text}`);
}
